-- The good snapshots of every series: what each covers, how it differs from the one before, and whether collection paused before it.
-- grain: listing, coverage, snapshot_at
with intervals as (
    select
        listing,
        coverage,
        median(elapsed_days) as usual_days,
    from series_snapshots
    group by all
)

select
    listing,
    kind,
    coverage,
    coverage_limit,
    snapshot_at,
    run_id,
    row_count as repository_count,
    previous_snapshot_at,
    elapsed_days,
    added_count,
    changed_count,
    left_count,
    if(coverage in ('full', 'archive'), left_count, null) as removed_count,  -- leaving a top-N list is no removal
    rejected_count,
    duplicate_count,
    request_count,
    coalesce(elapsed_days > 1.5 * usual_days and elapsed_days > 1.5, false) as is_after_gap,
    is_simulated,
    endpoint,
    profile,
    finished_at,
from series_snapshots
inner join intervals using (listing, coverage)
