-- The most downloaded model of each task at each snapshot, by its first task.
-- grain: kind, coverage, snapshot_at, task_id
-- per: snapshot
with leaders as (
    select
        kind,
        coverage,
        snapshot_at,
        tasks[1] as task_id,
        -- The key makes the choice among equals the same on every build.
        arg_max(
            {
                'repository_key': repository_key, 'id': id, 'licence_id': licence_id, 'parameters': parameters,
                'downloads_30d': downloads_30d
            },
            {'downloads_30d': downloads_30d, 'repository_key': repository_key}
        ) as leader,
    from repository_snapshots
    where kind = 'model' and len(tasks) > 0 and downloads_30d > 0
    group by all
)

select
    kind,
    coverage,
    snapshot_at,
    task_id,
    leader.repository_key,
    leader.id,
    leader.licence_id,
    leader.parameters,
    leader.downloads_30d,
from leaders
