-- The counters of a series without its pruned snapshots.
-- grain: repository_key, snapshot_at
select *
from retired_metrics
anti join pruning using (snapshot_at)
union all by name
select metrics.* replace (net.until_at as snapshot_at),
from metrics
inner join net on metrics.repository_key = net.repository_key and metrics.snapshot_at = net.measured_at
where net.has_new_metrics
