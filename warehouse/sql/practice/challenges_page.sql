-- Parameters of the median model of the last whole year.
-- grain: one row
select created_year as year, p50 as answer
from size_percentiles
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and created_year < year($snapshot_at)
order by year desc
limit 1
