-- Days from a base model to its first quantised copy, at the median of the bases that have one.
-- grain: one row
select median(/* gap */ days_to_first_derivative /* end */) as answer
from lineage_bases
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and relation = /* gap */ 'quantized' /* end */
