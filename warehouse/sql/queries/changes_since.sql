-- The earlier snapshot that one is compared with: the newest by $since; without it the newest of at least 7 calendar days
-- before (a nightly run is seldom on the second), else the one before.
-- grain: one row
select snapshot_at,
from snapshots
where
    kind = $kind
    and coverage = $coverage
    and snapshot_at < $snapshot_at
    and ($since::timestamp is null or snapshot_at <= $since)
order by $since::timestamp is null and snapshot_at::date > $snapshot_at::date - 7, snapshot_at desc
limit 1
