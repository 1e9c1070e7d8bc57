-- How many parameters the models of each month of creation have, among those that state it.
-- grain: kind, coverage, snapshot_at, created_month
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    created_month,
    count(*) as repository_count,
    percentile_cont(0.5) within group (order by parameters) as p50,
    percentile_cont(0.9) within group (order by parameters) as p90,
    max(parameters) as largest,
from repository_snapshots
where kind = 'model' and parameters is not null and created_month is not null
group by all
