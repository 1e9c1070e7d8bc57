select *
from lineage_bases
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by sum(derivative_count) over (partition by base_id) desc, base_id, derivative_count desc
