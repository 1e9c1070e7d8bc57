-- Tasks, and how many of OpenAI's models in the catalogue serve each.
select
    tasks.*,
    count(openai_task_coverage.model_id) as openai_model_count,
from tasks
left join openai_task_coverage using (task_id)
group by all
order by openai_model_count desc, task_id
