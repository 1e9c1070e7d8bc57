-- The 200 repositories that lead a snapshot by 30-day downloads; Spaces, which have no download counter, by likes.
-- grain: kind, coverage, snapshot_at, rank
-- per: snapshot
with measured as (
    select
        *,
        if(kind = 'space', likes, downloads_30d) as lead,
    from repository_snapshots
),

bars as (
    select
        kind,
        coverage,
        snapshot_at,
        list_min(max(lead, 200)) as bar,
    from measured
    group by all
),

ranked as (
    select
        measured.*,
        row_number() over (partition by kind, coverage, snapshot_at order by lead desc, repository_key) as rank,
    from measured
    inner join bars using (kind, coverage, snapshot_at)
    where measured.lead >= bars.bar
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
    downloads_30d,
    downloads_all_time,
    likes,
from ranked
where rank <= 200
