-- How many repositories of each month of creation state each licence, and how much they are downloaded.
-- grain: kind, coverage, snapshot_at, created_month (nullable), licence_id, licence_class
-- per: snapshot
-- order: repository_count desc
select
    kind,
    coverage,
    snapshot_at,
    created_month,
    licence_id,
    licence_class,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from repository_snapshots
group by all
