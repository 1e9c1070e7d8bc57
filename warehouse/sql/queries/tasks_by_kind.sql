-- Models, datasets and Spaces of each task, each kind at its own newest snapshot by then; three populations, never added up.
-- grain: kind, task_id
select
    task_coverage.kind,
    task_coverage.task_id,
    tasks.label_en,
    tasks.label_zh,
    task_coverage.repository_count,
    task_coverage.snapshot_at,
from task_coverage
inner join tasks using (task_id)
where
    coverage = $coverage
    and snapshot_at = (
        select max(snapshots.snapshot_at)
        from snapshots
        where snapshots.kind = task_coverage.kind and snapshots.coverage = $coverage and snapshots.snapshot_at <= $snapshot_at
    )
order by task_coverage.repository_count desc, task_id, task_coverage.kind
