-- Families that have models in one snapshot, largest first: what a reader can choose from.
-- grain: family_id
select
    family_use.family_id,
    coalesce(model_families.label, family_use.family_id) as family,
    cast(sum(family_use.repository_count) as bigint) as repository_count,
from family_use
left join model_families using (family_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_use.family_id != 'other'
group by all
order by repository_count desc, family_use.family_id
