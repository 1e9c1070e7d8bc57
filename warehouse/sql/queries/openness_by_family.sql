-- The index's twelve criteria, summed over the systems of a family.
-- grain: family_id
with families as (
    select
        family_id,
        count(*) as system_count,
        cast(sum(open_count) as bigint) as open_count,
        cast(sum(partial_count) as bigint) as partial_count,
        cast(sum(closed_count) as bigint) as closed_count,
    from openness_systems
    where family_id is not null
    group by all
)

select
    families.family_id,
    model_families.label as family,
    families.* exclude (family_id),
    open_count + partial_count + closed_count as criterion_count,
from families
inner join model_families using (family_id)
order by open_count / criterion_count desc, family_id
