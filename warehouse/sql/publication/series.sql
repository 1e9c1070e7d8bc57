-- The series that a publication is made of: since when there are snapshots of each, how many, and the size of the newest.
-- grain: listing, coverage
select
    listing,
    coverage,
    arg_max(coverage_limit, snapshot_at) as coverage_limit,
    min(snapshot_at) as first_snapshot_at,
    max(snapshot_at) as newest_snapshot_at,
    count(*) as snapshot_count,
    arg_max(repository_count, snapshot_at) as row_count,
from snapshots
group by all
order by all
