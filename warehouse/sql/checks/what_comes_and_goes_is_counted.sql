-- No snapshot adds less than nothing, or more than it holds.
select kind, coverage, snapshot_at, repository_count, added_count,
from snapshots
where kind is not null and (added_count < 0 or added_count > repository_count)
