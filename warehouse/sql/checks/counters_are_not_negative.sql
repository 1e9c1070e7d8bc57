-- No population has negative downloads or likes, and no first derivative is older than its base.
select
    kind,
    coverage,
    snapshot_at,
    downloads_30d,
    downloads_all_time,
    likes,
    cast(null as double) as days_to_first_derivative,
from population
semi join wanted using (kind, coverage, snapshot_at)
where least(downloads_30d, downloads_all_time, likes) < 0
union all
select kind, coverage, snapshot_at, null, null, null, days_to_first_derivative,
from lineage_bases
semi join wanted using (kind, coverage, snapshot_at)
where days_to_first_derivative < 0
