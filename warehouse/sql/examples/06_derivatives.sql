-- Which base models have most derivatives, and by which relation?
select base_id, relation, derivative_count, round(days_to_first_derivative, 1) as days_to_first_derivative
from lineage_bases
where coverage = 'full'
qualify snapshot_at = max(snapshot_at) over ()
order by derivative_count desc
limit 20
