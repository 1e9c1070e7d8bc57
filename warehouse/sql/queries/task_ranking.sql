-- Repositories and downloads of each task at one snapshot, with the task's names.
-- grain: task_id
select
    task_coverage.task_id,
    tasks.label_en,
    tasks.label_zh,
    coalesce(task_coverage.modality, if(task_coverage.task_id = 'undeclared', 'undeclared', 'other')) as modality,
    task_coverage.repository_count,
    task_coverage.downloads_30d,
    task_coverage.downloads_all_time,
from task_coverage
left join tasks using (task_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by repository_count desc, task_id
