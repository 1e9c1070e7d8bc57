select *
from tasks
order by task_id
