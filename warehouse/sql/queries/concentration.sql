select *
from concentration
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
