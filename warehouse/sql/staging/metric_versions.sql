-- A repository's counters and the snapshots at which they stood so: from one ordinal (inclusive) to another (exclusive, null = still so).
-- `previous_*` are what they were before; while they stand, the value before is the same value.
-- grain: listing_key, from_ordinal
-- per: snapshot
with first_changes as (
    select listing_key, ordinal,
    from metric_changes
    where is_first
)

select
    carried_metrics.*,
    cast(0 as bigint) as from_ordinal,
    first_changes.ordinal as to_ordinal,
    carried_metrics.downloads as previous_downloads,
    carried_metrics.downloads_all_time as previous_downloads_all_time,
    carried_metrics.likes as previous_likes,
from carried_metrics
left join first_changes using (listing_key)
union all by name
select
    changed.listing_key,
    changed.downloads,
    changed.downloads_all_time,
    changed.likes,
    changed.trending_score,
    changed.last_modified_at,
    changed.ordinal as from_ordinal,
    changed.next_ordinal as to_ordinal,
    if(changed.is_first, carried.downloads, changed.previous_downloads) as previous_downloads,
    if(changed.is_first, carried.downloads_all_time, changed.previous_downloads_all_time) as previous_downloads_all_time,
    if(changed.is_first, carried.likes, changed.previous_likes) as previous_likes,
from metric_changes as changed
left join carried_metrics as carried using (listing_key)
