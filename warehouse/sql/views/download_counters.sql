-- What others counted of repositories' downloads: one row for each day on which a repository's counter moved. Only repositories that
-- were listed when it was published are in it, so it says nothing of how many there were.
-- `downloads_all_time` where the published counter is the running total, `downloads_in_day` where it is the day's own number.
-- grain: repository_key, counted_on
with names as (
    select distinct on (repository_key) repository_key, kind, id,
    from listed_repositories
    order by repository_key, snapshot_at desc
)

select
    names.kind,
    counters.repository_key,
    names.id,
    counters.counted_on,
    counters.downloads_all_time,
    counters.downloads_in_day,
from read_parquet(getvariable('lake_counters'), hive_partitioning = false) as counters
left join names using (repository_key)
