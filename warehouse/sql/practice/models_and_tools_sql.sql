-- Families by derivatives for each base model, the most first.
-- grain: answer
select coalesce(model_families.label, family_bases.family_id) as answer, /* gap */ link_count / base_count /* end */ as value
from family_bases
left join model_families using (family_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and base_count > 0 and family_id != 'other'
order by value desc, answer
