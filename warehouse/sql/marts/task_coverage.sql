-- How many repositories serve each task; one that serves several counts in each.
-- A Space declares no task: it serves the tasks of the models it links, as the same run listed them.
-- grain: kind, coverage, snapshot_at, task_id
-- per: snapshot
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
)

select
    served.kind,
    served.coverage,
    served.snapshot_at,
    served.task_id,
    tasks.modality,
    count(*) as repository_count,
    cast(sum(served.downloads_30d) as bigint) as downloads_30d,
    cast(sum(served.downloads_all_time) as bigint) as downloads_all_time,
from served
left join tasks using (task_id)
group by all
