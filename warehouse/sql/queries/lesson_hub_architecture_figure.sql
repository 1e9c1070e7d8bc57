-- Models of one snapshot by the library and the task that they declare, with the task's modality and names.
-- grain: library_id, task_id
select
    library_tasks.library_id,
    coalesce(libraries.label, library_tasks.library_id) as library_label,
    library_tasks.task_id,
    tasks.label_en,
    tasks.label_zh,
    coalesce(tasks.modality, if(library_tasks.task_id = 'undeclared', 'undeclared', 'other')) as modality,
    library_tasks.repository_count,
from library_tasks
left join libraries using (library_id)
left join tasks using (task_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by library_tasks.repository_count desc, library_tasks.library_id, library_tasks.task_id
