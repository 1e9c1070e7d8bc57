-- For how many tasks the most downloaded model has a permissive licence.
-- grain: one row
select count(*) as answer
from task_leaders
inner join licence_classes using (licence_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and /* gap */ licence_class = 'permissive' /* end */
