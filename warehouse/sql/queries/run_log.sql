select *
from run_log
order by snapshot_at desc, listing, coverage
