-- The attributes of a series without its pruned snapshots. `retired` are the rows of the files that are written anew.
-- grain: repository_key, snapshot_at
select *
from retired_attributes
anti join pruning using (snapshot_at)
union all by name
select attributes.* replace (net.until_at as snapshot_at, net.came_at as seen_at),
from attributes
inner join net on attributes.repository_key = net.repository_key and attributes.snapshot_at = net.described_at
where net.has_new_attributes
