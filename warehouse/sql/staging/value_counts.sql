-- How many repositories of a snapshot have the same value of a measure, in ascending order of value. Unknown values are left out.
-- grain: kind, coverage, snapshot_at, measure, value
-- per: snapshot
with known as (
    select kind, coverage, snapshot_at, 'downloads_30d' as measure, downloads_30d as value, count(*) as repository_count,
    from repository_snapshots
    where downloads_30d is not null
    group by all
    union all
    select kind, coverage, snapshot_at, 'downloads_all_time', downloads_all_time, count(*),
    from repository_snapshots
    where downloads_all_time is not null
    group by all
    union all
    select kind, coverage, snapshot_at, 'likes', likes, count(*),
    from repository_snapshots
    where likes is not null
    group by all
)

select
    *,
    cast(sum(repository_count) over ascending as bigint) as last_rank,
    cast(sum(repository_count * value) over ascending as bigint) as running_total,
from known
window ascending as (partition by kind, coverage, snapshot_at, measure order by value)
