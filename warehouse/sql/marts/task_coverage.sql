-- How many repositories serve each task; one that serves several counts in each.
-- A Space declares no task: it serves the tasks of the models it links, as the same run listed them.
-- grain: kind, coverage, snapshot_at, task_id
-- per: snapshot
-- order: repository_count desc
with served as (
    select
        kind,
        coverage,
        snapshot_at,
        unnest(if(len(tasks) > 0, tasks, ['undeclared'])) as task_id,
        downloads_30d,
        downloads_all_time,
    from repository_snapshots
    where kind != 'space'
    union all
    select
        'space',
        coverage,
        snapshot_at,
        unnest(tasks),
        null,
        null,
    from space_tasks
),

counted as (
    select
        kind,
        coverage,
        snapshot_at,
        task_id,
        count(*) as repository_count,
        cast(sum(downloads_30d) as bigint) as downloads_30d,
        cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    from served
    group by all
)

-- Joined after counting: DuckDB 2.0.0 fails on a join right above this union ("dict-surviving cache").
select
    counted.kind,
    counted.coverage,
    counted.snapshot_at,
    counted.task_id,
    tasks.modality,
    counted.repository_count,
    counted.downloads_30d,
    counted.downloads_all_time,
from counted
left join tasks using (task_id)
