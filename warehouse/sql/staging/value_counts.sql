-- How many repositories of a snapshot have the same value of a measure, in ascending order of value. Unknown values are left out.
-- grain: kind, coverage, snapshot_at, measure, value
-- per: snapshot
with known as (
    select step_id, 'downloads_30d' as measure, downloads_30d as value, count(*) as repository_count,
    from listing_facts
    where downloads_30d is not null
    group by all
    union all
    select step_id, 'downloads_all_time', downloads_all_time, count(*),
    from listing_facts
    where downloads_all_time is not null
    group by all
    union all
    select step_id, 'likes', likes, count(*),
    from listing_facts
    where likes is not null
    group by all
)

select
    steps.kind,
    steps.coverage,
    steps.snapshot_at,
    known.measure,
    known.value,
    known.repository_count,
    cast(sum(known.repository_count) over ascending as bigint) as last_rank,
    cast(sum(known.repository_count * known.value) over ascending as bigint) as running_total,
from known
inner join steps using (step_id)
window ascending as (partition by known.step_id, known.measure order by known.value)
