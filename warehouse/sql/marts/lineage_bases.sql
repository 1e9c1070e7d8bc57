-- The 300 base models with most derivatives, and how long the first one took, by the relation that the derivatives state.
-- A merge counts with each of its bases, so derivatives are edges here, not models.
-- grain: kind, coverage, snapshot_at, base_id, relation
-- per: snapshot
-- order: sum(derivative_count) over (partition by base_id) desc, base_id, derivative_count desc
with sizes as (
    select
        coverage,
        snapshot_at,
        base_id,
        row_number() over (partition by coverage, snapshot_at order by sum(derivative_count) desc, base_id) as rank,
    from base_derivatives
    group by coverage, snapshot_at, base_id
)

select
    'model' as kind,
    coverage,
    snapshot_at,
    base_id,
    coalesce(family_id, 'other') as family_id,
    relation,
    derivative_count,
    derivative_downloads_30d,
    base_created_at,
    base_is_on_or_before,
    first_derivative_at,
    -- A derivative older than its base is a wrong statement of one of them, no waiting time.
    case
        when first_derivative_at >= base_created_at and not base_is_on_or_before
            then date_diff('second', base_created_at, first_derivative_at) / 86400
    end as days_to_first_derivative,
from base_derivatives
inner join sizes using (coverage, snapshot_at, base_id)
where rank <= 300
