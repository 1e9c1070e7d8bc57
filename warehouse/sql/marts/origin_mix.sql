-- What the authors of each region and kind of organisation hold in a snapshot. `unmapped` are authors that no source knows, and
-- repositories without one.
-- grain: kind, coverage, snapshot_at, region, author_kind
-- per: snapshot
with held as (
    select kind, coverage, snapshot_at, author, repository_count, downloads_30d, downloads_all_time
    from author_totals
    union all
    select
        kind,
        coverage,
        snapshot_at,
        null,
        count(*),
        cast(sum(downloads_30d) as bigint),
        cast(sum(downloads_all_time) as bigint),
    from repository_snapshots
    where author is null
    group by all
)

select
    held.kind,
    held.coverage,
    held.snapshot_at,
    coalesce(author_origins.region, 'unmapped') as region,
    coalesce(author_origins.author_kind, 'unmapped') as author_kind,
    count(held.author) as author_count,
    cast(sum(held.repository_count) as bigint) as repository_count,
    cast(sum(held.downloads_30d) as bigint) as downloads_30d,
    cast(sum(held.downloads_all_time) as bigint) as downloads_all_time,
from held
left join author_origins using (author)
group by all
