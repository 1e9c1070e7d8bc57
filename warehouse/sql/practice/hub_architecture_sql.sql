-- Libraries whose models serve more tasks than those of the average library.
-- grain: one row
with reach as (
    select library_id, count(*) as task_count
    from library_tasks
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and library_id != 'undeclared' and task_id != 'undeclared'
    group by all
)

select count(*) as answer
from reach
where /* gap */ task_count > (select avg(task_count) from reach) /* end */
