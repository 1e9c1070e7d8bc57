-- The counters of every repository a Hub listing ever showed, one row per change: a value stands until the next row.
-- `id` is the newest name we know. Straight from the lake's files, so it holds what marts have summed up.
-- grain: kind, coverage, repository_key, snapshot_at
with names as (
    select kind, coverage, repository_key, id,
    from listed_repositories
    union all
    select kind, coverage, repository_key, id,
    from absences
    where absent_to is null
),

changes as (
    select
        * exclude (filename),
        case
            when contains(filename, '/hub_models/coverage=') then 'model'
            when contains(filename, '/hub_datasets/coverage=') then 'dataset'
            else 'space'
        end as kind,
    from read_parquet(getvariable('lake_metrics'), filename = true, hive_partitioning = true)
)

select
    changes.kind,
    changes.coverage,
    changes.snapshot_at,
    changes.repository_key,
    names.id,
    changes.downloads,
    changes.downloads_all_time,
    changes.likes,
    changes.trending_score,
from changes
inner join names using (kind, coverage, repository_key)
