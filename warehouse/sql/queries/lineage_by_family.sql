-- Derivatives of each model family by relation at one snapshot.
-- grain: family_id, relation
select
    lineage_families.family_id,
    coalesce(model_families.label, lineage_families.family_id) as family,
    lineage_families.relation,
    cast(sum(lineage_families.derivative_count) as bigint) as derivative_count,
    cast(sum(lineage_families.downloads_30d) as bigint) as downloads_30d,
from lineage_families
left join model_families using (family_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by all
order by derivative_count desc, family_id, relation
