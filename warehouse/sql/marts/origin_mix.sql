-- What the authors of each region and kind of organisation hold in a snapshot. `unmapped` are authors that no source knows, and
-- repositories without one: what the population has beyond its authors.
-- grain: kind, coverage, snapshot_at, region, author_kind
-- per: snapshot
with authored as (
    select
        kind,
        coverage,
        snapshot_at,
        count(*) as author_count,
        cast(sum(repository_count) as bigint) as repository_count,
        cast(sum(downloads_30d) as bigint) as downloads_30d,
        cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    from author_totals
    group by all
),

held as (
    select kind, coverage, snapshot_at, author, 1 as author_count, repository_count, downloads_30d, downloads_all_time
    from author_totals
    union all
    select
        population.kind,
        population.coverage,
        population.snapshot_at,
        null,
        0,
        population.repository_count - coalesce(authored.repository_count, 0),
        population.downloads_30d - coalesce(authored.downloads_30d, 0),
        population.downloads_all_time - coalesce(authored.downloads_all_time, 0),
    from population
    inner join steps using (kind, coverage, snapshot_at)
    left join authored using (kind, coverage, snapshot_at)
    where steps.is_wanted and population.repository_count > coalesce(authored.repository_count, 0)
)

select
    held.kind,
    held.coverage,
    held.snapshot_at,
    coalesce(author_origins.region, 'unmapped') as region,
    coalesce(author_origins.author_kind, 'unmapped') as author_kind,
    cast(sum(held.author_count) as bigint) as author_count,
    cast(sum(held.repository_count) as bigint) as repository_count,
    cast(sum(held.downloads_30d) as bigint) as downloads_30d,
    cast(sum(held.downloads_all_time) as bigint) as downloads_all_time,
from held
left join author_origins using (author)
group by all
