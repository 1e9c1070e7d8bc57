-- The survivors of all months are the population, and nothing is removed more often than it came back.
select
    kind,
    coverage,
    snapshot_at,
    sum(growth.survivor_count) as survivor_count,
    any_value(population.repository_count) as population_count,
    min(growth.removed_count) as least_removed_count,
from population
left join growth using (kind, coverage, snapshot_at)
group by all
having
    coalesce(sum(growth.survivor_count), 0) != any_value(population.repository_count)
    or min(growth.removed_count) < 0
