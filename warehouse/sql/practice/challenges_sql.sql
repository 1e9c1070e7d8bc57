-- Months of whose models the largest tenth begins above what fits a graphics card of 24 GB at 16 bits.
-- grain: one row
select count(*) as answer
from size_by_month
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and p90 * /* gap */ 16 / 8 / 1e9 /* end */ > 24
