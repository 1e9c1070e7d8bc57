-- How many tasks of the Hub some model of OpenAI serves.
-- grain: one row
select count(distinct openai_task_stays.task_id) as answer
from openai_task_stays
inner join tasks using (task_id)
where valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
having answer > 0
