-- One series' population at each of its snapshots, with pauses in collection marked.
select
    population.*,
    snapshots.previous_snapshot_at,
    snapshots.elapsed_days,
    snapshots.is_after_gap,
    snapshots.added_count,
    snapshots.removed_count,
from population
inner join snapshots using (kind, coverage, snapshot_at)
where population.kind = $kind and population.coverage = $coverage and population.snapshot_at <= $snapshot_at
order by population.snapshot_at
