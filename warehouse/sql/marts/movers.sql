-- The 100 repositories that gained most and the 100 that lost most since the series' previous snapshot, among those in both.
-- A change is the difference of two 30-day windows; what was downloaded in between is the all-time change, given per day that passed.
-- grain: kind, coverage, snapshot_at, direction, rank
-- per: snapshot
-- order: direction, rank
with changes as (
    select
        *,
        downloads_30d - previous_downloads_30d as downloads_30d_change,
        downloads_all_time - previous_downloads_all_time as downloads_all_time_change,
        likes - previous_likes as likes_change,
        if(kind = 'space', likes_change, downloads_30d_change) as change,
        if(change > 0, 'up', 'down') as direction,
    from repository_snapshots
    where previous_snapshot_at is not null
),

bars as (
    select
        kind,
        coverage,
        snapshot_at,
        direction,
        list_min(max(abs(change), 100)) as bar,
    from changes
    where change != 0
    group by all
),

ranked as (
    select
        changes.*,
        row_number() over (
            partition by kind, coverage, snapshot_at, direction order by abs(change) desc, repository_key
        ) as rank,
    from changes
    inner join bars using (kind, coverage, snapshot_at, direction)
    where change != 0 and abs(change) >= bar
)

select
    kind,
    coverage,
    snapshot_at,
    previous_snapshot_at,
    elapsed_days,
    direction,
    rank,
    repository_key,
    id,
    downloads_30d,
    previous_downloads_30d,
    downloads_30d_change,
    downloads_all_time_change,
    downloads_all_time_change / elapsed_days as downloads_per_day,
    likes_change,
from ranked
where rank <= 100
