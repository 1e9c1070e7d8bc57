-- Derivatives by month of creation and relation, of one family or ('') of all.
-- grain: created_month (nullable), relation
select
    created_month,
    relation,
    cast(sum(derivative_count) as bigint) as derivative_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
from lineage_families
where
    kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and ($family = '' or family_id = $family)
group by all
order by created_month, relation
