-- How many repositories of a snapshot have a known value of a measure, and their sum.
-- grain: kind, coverage, snapshot_at, measure
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    measure,
    max(last_rank) as repository_count,
    max(running_total) as total,
from value_counts
group by all
