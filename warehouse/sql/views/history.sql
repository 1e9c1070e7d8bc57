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
from counter_changes as changes
inner join names using (kind, coverage, repository_key)
