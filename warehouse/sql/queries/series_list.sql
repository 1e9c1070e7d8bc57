-- Every good snapshot of every series, newest first.
select *
from snapshots
order by snapshot_at desc, listing, coverage
