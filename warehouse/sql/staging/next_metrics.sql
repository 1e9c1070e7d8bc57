-- The counters of what each series lists after these snapshots.
-- grain: listing_key
-- per: snapshot
-- stored: no
select
    metric_versions.listing_key,
    metric_versions.downloads,
    metric_versions.downloads_all_time,
    metric_versions.likes,
    metric_versions.trending_score,
    metric_versions.last_modified_at,
from metric_versions
semi join next_attributes using (listing_key)
where metric_versions.to_ordinal is null
