-- How many models of each family serve each task, and how much they are downloaded.
-- grain: kind, coverage, snapshot_at, family_id, task_id
-- per: snapshot
-- order: repository_count desc
select
    kind,
    coverage,
    snapshot_at,
    coalesce(family_id, 'other') as family_id,
    coalesce(tasks[1], 'undeclared') as task_id,  -- a model has at most one task
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from repository_snapshots
where kind = 'model'
group by all
