-- Memory in GB of the weights of the largest of the models that lead a task, at 16 bits.
-- grain: one row
select id as model, parameters, 16 as bits, parameters * 16 / 8 / 1e9 as answer
from task_leaders
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and parameters > 0
order by parameters desc, id
limit 1
