-- A snapshot's population is what its manifest says it holds.
select
    snapshots.kind,
    snapshots.coverage,
    snapshots.snapshot_at,
    snapshots.repository_count as listed_count,
    population.repository_count as population_count,
from snapshots
inner join wanted using (kind, coverage, snapshot_at)
left join population using (kind, coverage, snapshot_at)
where snapshots.repository_count != coalesce(population.repository_count, 0)
