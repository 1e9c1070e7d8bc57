-- Counters as a listing gave them when they were new or had changed, beside those of the change before.
-- grain: listing_key, ordinal
-- per: snapshot
select
    listing_keys.listing_key,
    steps.ordinal,
    lake_metrics.downloads,
    lake_metrics.downloads_all_time,
    lake_metrics.likes,
    lake_metrics.trending_score,
    lake_metrics.last_modified_at,
    lead(steps.ordinal) over history as next_ordinal,
    lag(steps.ordinal) over history is null as is_first,
    lag(lake_metrics.downloads) over history as previous_downloads,
    lag(lake_metrics.downloads_all_time) over history as previous_downloads_all_time,
    lag(lake_metrics.likes) over history as previous_likes,
from lake_metrics
inner join steps using (kind, coverage, snapshot_at)
inner join listing_keys using (kind, coverage, repository_key)
window history as (partition by listing_keys.listing_key order by steps.ordinal)
