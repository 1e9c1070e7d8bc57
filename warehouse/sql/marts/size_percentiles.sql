-- How many parameters the models of each year of creation have, among those that state it.
-- grain: kind, coverage, snapshot_at, created_year
-- per: snapshot
-- order: created_year
select
    kind,
    coverage,
    snapshot_at,
    cast(year(created_month) as integer) as created_year,
    count(*) as repository_count,
    percentile_cont(0.25) within group (order by parameters) as p25,
    percentile_cont(0.5) within group (order by parameters) as p50,
    percentile_cont(0.75) within group (order by parameters) as p75,
    percentile_cont(0.95) within group (order by parameters) as p95,
from repository_snapshots
where kind = 'model' and parameters is not null and created_month is not null
group by all
