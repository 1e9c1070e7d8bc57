-- The Hub's tasks that OpenAI's models serve now.
-- grain: task_id, model_id
select
    task_id,
    model_id,
    name,
from openai_task_stays
where valid_to is null
