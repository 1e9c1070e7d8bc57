select *
from licence_mix
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by repository_count desc
