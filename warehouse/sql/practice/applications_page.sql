-- Models that lead the tasks of the lesson's table by downloads of 30 days, that of translation first.
-- grain: answer
select
    arg_max(id, task_id = 'translation') as answer,
    bool_or(task_id = 'translation') as value,
    any_value(tasks.label_en) filter (where task_id = 'translation') as task_en,
    any_value(tasks.label_zh) filter (where task_id = 'translation') as task_zh,
from task_leaders
inner join tasks using (task_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by id
having bool_or(task_id = 'translation') or (select bool_or(task_id = 'translation') from task_leaders where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at)
order by value desc, answer
