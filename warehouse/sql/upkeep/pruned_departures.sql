-- The departures of a series without its pruned snapshots.
-- grain: repository_key, snapshot_at
select *
from retired_departures
anti join pruning using (snapshot_at)
union all by name
select until_at as snapshot_at, repository_key, gone_at as seen_at,
from net
where has_left
