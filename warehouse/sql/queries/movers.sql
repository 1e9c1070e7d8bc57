select *
from movers
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by direction, rank
