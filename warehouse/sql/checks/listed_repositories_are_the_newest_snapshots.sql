-- The state carried on holds as many repositories as the newest snapshot of its series.
with newest as (
    select
        kind,
        coverage,
        arg_max(repository_count, snapshot_at) as repository_count,
    from snapshots
    where kind is not null
    group by all
),

held as (
    select kind, coverage, count(*) as repository_count,
    from listed_repositories
    group by all
)

select
    kind,
    coverage,
    newest.repository_count as listed_count,
    held.repository_count as held_count,
from newest
left join held using (kind, coverage)
where newest.repository_count != coalesce(held.repository_count, 0)
