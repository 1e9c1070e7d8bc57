select *
from population
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
