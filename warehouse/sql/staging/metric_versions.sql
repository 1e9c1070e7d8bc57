-- A repository's counters and the snapshots at which they stood so: from one ordinal (inclusive) to another (exclusive).
-- `previous_*` are what they were before; while they stand, the value before is the same value.
-- grain: kind, coverage, repository_key, from_ordinal
-- per: snapshot
with counted as (
    select
        kind,
        coverage,
        repository_key,
        steps.ordinal as from_ordinal,
        lake_metrics.* exclude (kind, coverage, snapshot_at, repository_key),
        false as is_carried,
    from lake_metrics
    inner join steps using (kind, coverage, snapshot_at)
    union all by name
    select
        carried_metrics.*,
        0 as from_ordinal,
        true as is_carried,
    from carried_metrics
    inner join series_steps using (kind, coverage)
)

select
    *,
    coalesce(lead(from_ordinal) over history, 2147483647) as to_ordinal,
    if(is_carried, downloads, lag(downloads) over history) as previous_downloads,
    if(is_carried, downloads_all_time, lag(downloads_all_time) over history) as previous_downloads_all_time,
    if(is_carried, likes, lag(likes) over history) as previous_likes,
from counted
window history as (partition by kind, coverage, repository_key order by from_ordinal)
