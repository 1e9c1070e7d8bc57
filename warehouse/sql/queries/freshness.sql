-- What the newest run to touch each series by a moment did with it, and the newest good snapshot of that series.
-- grain: listing, coverage
with last_runs as (
    select *
    from run_log
    where $as_of::timestamp is null or snapshot_at <= $as_of
    qualify row_number() over (partition by listing, coverage order by snapshot_at desc) = 1
),

good as (
    select
        listing,
        coverage,
        max(snapshot_at) as snapshot_at,
        count(*) as snapshot_count,
        count(*) filter (is_after_gap) as gap_count,
    from snapshots
    where $as_of::timestamp is null or snapshot_at <= $as_of
    group by all
)

select
    last_runs.listing,
    last_runs.coverage,
    good.snapshot_at,
    good.snapshot_count,
    good.gap_count,
    last_runs.row_count,
    last_runs.status,
    last_runs.reason,
    last_runs.snapshot_at as last_run_at,
from last_runs
left join good using (listing, coverage)
order by last_runs.listing, last_runs.coverage
