-- The derivatives of the BERT family by what was done, and the share of those that changed the weights themselves.
-- grain: one row
with made as (
    select relation, sum(derivative_count) as n
    from lineage_families
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = 'bert'
    group by all
)

select
    cast(coalesce(sum(n) filter (where relation = 'finetune'), 0) as bigint) as finetune,
    cast(coalesce(sum(n) filter (where relation = 'adapter'), 0) as bigint) as adapter,
    cast(coalesce(sum(n) filter (where relation = 'quantized'), 0) as bigint) as quantized,
    cast(coalesce(sum(n) filter (where relation = 'merge'), 0) as bigint) as merge,
    (finetune + merge) / (finetune + adapter + quantized + merge) as answer,
from made
having count(*) > 0
