-- Every good snapshot of the Hub's listings, newest first.
select *
from snapshots
where kind is not null
order by snapshot_at desc, kind, coverage
