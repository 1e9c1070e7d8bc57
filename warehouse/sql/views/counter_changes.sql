-- The counters of every repository a Hub listing ever showed, one row per change: a value stands until the next row.
-- Straight from the lake's files, so it holds what marts have summed up.
-- grain: kind, coverage, repository_key, snapshot_at
select
    regexp_extract(filename, 'hub_([a-z]+)s[/\\]coverage=[a-z]+[/\\]run=[^/\\]+[/\\]metrics\.parquet$', 1) as kind,
    regexp_extract(filename, 'coverage=([a-z]+)[/\\]run=[^/\\]+[/\\]metrics\.parquet$', 1) as coverage,
    snapshot_at,
    repository_key,
    downloads,
    downloads_all_time,
    likes,
    trending_score,
from read_parquet(getvariable('lake_metrics'), filename = true, hive_partitioning = false)
