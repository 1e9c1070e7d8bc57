-- How many repositories each snapshot of one series listed, up to the chosen one.
-- grain: snapshot_at
select
    snapshot_at,
    repository_count,
    is_after_gap,
from snapshots
where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at
order by snapshot_at
