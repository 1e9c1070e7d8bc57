-- The base models with most derivatives, by relation, and how long the first derivative took.
-- grain: base_id, relation
select
    lineage_bases.base_id,
    coalesce(model_families.label, lineage_bases.family_id) as family,
    lineage_bases.relation,
    lineage_bases.derivative_count,
    cast(sum(lineage_bases.derivative_count) over (partition by lineage_bases.base_id) as bigint) as base_derivative_count,
    lineage_bases.derivative_downloads_30d,
    lineage_bases.base_created_at,
    lineage_bases.base_is_on_or_before,
    lineage_bases.first_derivative_at,
    lineage_bases.days_to_first_derivative,
from lineage_bases
left join model_families using (family_id)
where
    kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and ($family = '' or lineage_bases.family_id = $family)
order by base_derivative_count desc, base_id, relation
