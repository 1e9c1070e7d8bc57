-- The good snapshots of every series, in order.
-- grain: listing, coverage, snapshot_at
select
    * exclude (status, reason, rejected, odd_values),
    case listing when 'hub_models' then 'model' when 'hub_datasets' then 'dataset' when 'hub_spaces' then 'space' end as kind,
    coverage in ('full', 'archive') as is_whole,  -- listings.WHOLE
    case when is_whole then 1 when coverage = 'top' then 2 else 3 end as width,
    row_number() over series as ordinal,
    lag(snapshot_at) over series as previous_snapshot_at,
    lag(row_count) over series as previous_row_count,
    date_diff('second', previous_snapshot_at, snapshot_at) / 86400 as elapsed_days,
from manifest_listings
where status = 'ok'
window series as (partition by listing, coverage order by snapshot_at)
