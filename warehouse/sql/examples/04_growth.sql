-- Models created in each month and still there, at the newest whole listing.
select created_month, survivor_count, removed_count
from growth
where kind = 'model' and coverage = 'full'
qualify snapshot_at = max(snapshot_at) over ()
order by created_month
