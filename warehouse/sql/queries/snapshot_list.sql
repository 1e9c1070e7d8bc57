-- Every good snapshot of the Hub's listings, newest first.
-- grain: listing, coverage, snapshot_at
select *
from snapshots
where kind is not null
order by snapshot_at desc, kind, coverage
