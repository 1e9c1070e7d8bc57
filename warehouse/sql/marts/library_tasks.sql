-- How many models of each library serve each task.
-- grain: kind, coverage, snapshot_at, library_id, task_id
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    coalesce(library, 'undeclared') as library_id,
    coalesce(tasks[1], 'undeclared') as task_id,  -- a model has at most one task
    count(*) as repository_count,
from repository_snapshots
where kind = 'model'
group by all
