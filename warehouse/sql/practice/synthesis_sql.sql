-- Share of all downloads of 30 days that goes to the fifty most downloaded models.
-- grain: one row
select /* gap */ top_50_share /* end */ as answer
from concentration
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and measure = /* gap */ 'downloads_30d' /* end */
