-- The 200 repositories that lead a snapshot by 30-day downloads; Spaces, which have no download counter, by likes.
-- grain: kind, coverage, snapshot_at, rank
-- per: snapshot
-- order: rank
with bars as (
    select
        kind,
        coverage,
        snapshot_at,
        min(value) as bar,
    from value_counts
    inner join measure_totals using (kind, coverage, snapshot_at, measure)
    where
        measure = if(kind = 'space', 'likes', 'downloads_30d')
        and measure_totals.repository_count - value_counts.last_rank < 200
    group by all
),

leaders as (
    select
        *,
        if(kind = 'space', likes, downloads_30d) as lead,
    from repository_snapshots
    inner join bars using (kind, coverage, snapshot_at)
    where lead >= bar
),

ranked as (
    select
        *,
        row_number() over (partition by kind, coverage, snapshot_at order by lead desc, repository_key) as rank,
    from leaders
)

select
    kind,
    coverage,
    snapshot_at,
    rank,
    repository_key,
    id,
    author,
    licence_id,
    tasks[1] as task_id,
    library,
    created_at,
    is_on_or_before,
    downloads_30d,
    downloads_all_time,
    likes,
from ranked
where rank <= 200
