select *
from lineage_speed
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by base_created_quarter
