-- Marts that divide a snapshot into parts hold each of its repositories and downloads once.
with parts as (
    select 'licence_mix' as mart, kind, coverage, snapshot_at, repository_count, downloads_30d from licence_mix
    union all
    select 'library_use', kind, coverage, snapshot_at, repository_count, downloads_30d from library_use
    union all
    select 'model_sizes', kind, coverage, snapshot_at, repository_count, downloads_30d from model_sizes
    union all
    select 'family_use', kind, coverage, snapshot_at, repository_count, downloads_30d from family_use
    union all
    select 'origin_mix', kind, coverage, snapshot_at, repository_count, downloads_30d from origin_mix
),

sums as (
    select
        mart,
        kind,
        coverage,
        snapshot_at,
        sum(repository_count) as repository_count,
        sum(downloads_30d) as downloads_30d,
    from parts
    semi join wanted using (kind, coverage, snapshot_at)
    group by all
)

select
    sums.mart,
    kind,
    coverage,
    snapshot_at,
    sums.repository_count,
    population.repository_count as population_count,
    sums.downloads_30d,
    population.downloads_30d as population_downloads_30d,
from sums
inner join population using (kind, coverage, snapshot_at)
where
    sums.repository_count != population.repository_count
    or sums.downloads_30d is distinct from population.downloads_30d
