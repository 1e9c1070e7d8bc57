-- How long bases waited for their first derivative, by the quarter in which they were created.
-- Recent quarters flatter: a base that still has no derivative is not in them.
-- grain: kind, coverage, snapshot_at, base_created_quarter
-- per: snapshot
-- order: base_created_quarter
with firsts as (
    select
        coverage,
        snapshot_at,
        base_id,
        any_value(base_created_at) as base_created_at,
        -- Unknown as soon as one relation's first date is: the earliest could be there.
        if(count(*) = count(first_derivative_at), min(first_derivative_at), null) as first_derivative_at,
    from base_derivatives
    where base_created_at is not null and not base_is_on_or_before
    group by all
)

select
    'model' as kind,
    coverage,
    snapshot_at,
    cast(date_trunc('quarter', base_created_at) as date) as base_created_quarter,
    count(*) filter (first_derivative_at >= base_created_at) as base_count,
    percentile_cont(0.5) within group (order by date_diff('second', base_created_at, first_derivative_at) / 86400)
        filter (first_derivative_at >= base_created_at) as median_days_to_first_derivative,
    count(*) filter (first_derivative_at < base_created_at) as earlier_than_base_count,
from firsts
group by all
