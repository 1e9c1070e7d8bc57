-- The snapshots of a series of which the marts say something else than the lake's rows. Reads the table recounted. Parameters: $kind, $coverage.
-- grain: snapshot_at
select
    population.snapshot_at,
    population.repository_count,
    recounted.repository_count as recounted_repository_count,
    population.licence_declared_count,
    recounted.licence_declared_count as recounted_licence_declared_count,
    population.downloads_30d,
    recounted.downloads_30d as recounted_downloads_30d,
    population.downloads_all_time,
    recounted.downloads_all_time as recounted_downloads_all_time,
    population.likes,
    recounted.likes as recounted_likes,
from published.population
semi join snapshots_in_both using (snapshot_at)
asof left join recounted on population.snapshot_at >= recounted.snapshot_at
where
    population.kind = $kind
    and population.coverage = $coverage
    and (
        population.repository_count is distinct from recounted.repository_count
        or population.licence_declared_count is distinct from recounted.licence_declared_count
        or coalesce(population.downloads_30d, 0) is distinct from recounted.downloads_30d
        or coalesce(population.downloads_all_time, 0) is distinct from recounted.downloads_all_time
        or coalesce(population.likes, 0) is distinct from recounted.likes
    )
order by population.snapshot_at
