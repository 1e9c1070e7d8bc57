select *
from openai_task_coverage
order by task_id, model_id
