-- The good snapshots of every series: what each covers, how it differs from the one before, and whether collection paused before it.
-- grain: listing, coverage, snapshot_at
-- order: snapshot_at desc, listing, coverage
with collected as (
    -- A snapshot that was pruned had been collected: its absence is no pause.
    select
        listing,
        coverage,
        snapshot_at,
        date_diff('second', lag(snapshot_at) over series, snapshot_at) / 86400 as pause_days,
    from manifest_listings
    where status in ('ok', 'pruned')
    window series as (partition by listing, coverage order by snapshot_at)
),

intervals as (
    select
        listing,
        coverage,
        median(pause_days) as usual_days,
    from collected
    group by all
),

pauses as (
    select collected.listing, collected.coverage, series_snapshots.snapshot_at, max(collected.pause_days) as longest_pause_days,
    from collected
    inner join series_snapshots
        on collected.listing = series_snapshots.listing
        and collected.coverage = series_snapshots.coverage
        and collected.snapshot_at <= series_snapshots.snapshot_at
        and (series_snapshots.previous_snapshot_at is null or collected.snapshot_at > series_snapshots.previous_snapshot_at)
    group by all
)

select
    listing,
    kind,
    coverage,
    coverage_limit,
    is_whole,  -- lists every repository, whoever listed them
    width,  -- 1 whole, 2 the most used, 3 the newest
    snapshot_at,
    run_id,
    row_count as repository_count,
    previous_snapshot_at,
    elapsed_days,
    if(kind is null, added_count, row_count - coalesce(previous_row_count, 0) + coalesce(gone.left_count, 0)) as added_count,
    -- Of a snapshot whose predecessor came later than itself, nobody counted what it changed.
    if(counted_against is not distinct from previous_snapshot_at, changed_count, null) as changed_count,
    if(kind is null, series_snapshots.left_count, coalesce(gone.left_count, 0)) as left_count,
    if(is_whole, coalesce(gone.left_count, 0), null) as removed_count,  -- leaving a top-N list is no removal
    rejected_count,
    duplicate_count,
    request_count,
    coalesce(longest_pause_days > 1.5 * usual_days and longest_pause_days > 1.5, false) as is_after_gap,
    is_simulated,
    endpoint,
    profile,
    finished_at,
from series_snapshots
inner join intervals using (listing, coverage)
inner join pauses using (listing, coverage, snapshot_at)
left join turnover as gone using (kind, coverage, snapshot_at)
