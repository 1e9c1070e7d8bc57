-- Models that state that they are quantised copies of a model of the BERT family.
-- grain: one row
select model_families.label as family, cast(sum(derivative_count) as bigint) as answer
from lineage_families
inner join model_families using (family_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = 'bert' and relation = 'quantized'
group by model_families.label
