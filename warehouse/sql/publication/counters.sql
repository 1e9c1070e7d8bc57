-- The counters of a series that changed between two moments, both included: a value stands until the next row.
-- grain: repository_key, snapshot_at
select
    snapshot_at,
    repository_key,
    downloads,
    downloads_all_time,
    likes,
    trending_score,
from counter_changes
where kind = $kind and coverage = $coverage and snapshot_at between $first and $newest
order by repository_key, snapshot_at
