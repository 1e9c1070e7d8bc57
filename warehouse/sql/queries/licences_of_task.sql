-- The licence classes of the repositories that serve one task, at each snapshot up to a moment.
-- grain: snapshot_at, licence_class
select
    task_licences.snapshot_at,
    snapshots.is_after_gap,
    task_licences.licence_class,
    task_licences.repository_count,
    task_licences.downloads_30d,
    task_licences.downloads_all_time,
from task_licences
inner join snapshots using (kind, coverage, snapshot_at)
where
    task_licences.kind = $kind and task_licences.coverage = $coverage
    and task_licences.snapshot_at <= $snapshot_at and task_licences.task_id = $task
order by task_licences.snapshot_at, task_licences.licence_class
