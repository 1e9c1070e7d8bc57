-- How many models of each month of creation fall in each class of parameter count.
-- grain: kind, coverage, snapshot_at, created_month (nullable), size_class
-- per: snapshot
-- order: created_month
select
    kind,
    coverage,
    snapshot_at,
    created_month,
    size_class,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from repository_snapshots
where kind = 'model'
group by all
