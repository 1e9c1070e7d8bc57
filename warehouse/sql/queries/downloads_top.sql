select *
from downloads_top
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by rank
