-- How many repositories of each month of creation a snapshot still lists.
-- grain: kind, coverage, snapshot_at, created_month (nullable), is_on_or_before
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    created_month,
    is_on_or_before,
    count(*) as survivor_count,
from repository_snapshots
group by all
