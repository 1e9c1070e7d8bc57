select *
from growth
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by created_month
