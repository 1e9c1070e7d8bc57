-- The repositories of each month of creation: how many a snapshot still lists, and how many this series saw before and that are gone.
-- Removals are known of whole listings only; who leaves a top-N list may still exist.
-- grain: kind, coverage, snapshot_at, created_month (nullable), is_on_or_before
-- order: created_month, is_on_or_before
with whole_series as (
    select distinct kind, coverage,
    from series_snapshots
    where is_whole
),

moves as (
    select kind, coverage, absent_from as snapshot_at, created_month, is_on_or_before, count(*) as step,
    from absences
    semi join whole_series using (kind, coverage)
    group by all
    union all
    select kind, coverage, absent_to, created_month, is_on_or_before, -count(*),
    from absences
    semi join whole_series using (kind, coverage)
    where absent_to is not null
    group by all
),

moved as (
    -- What a pruned snapshot showed counts from the next one that was kept.
    select moves.kind, moves.coverage, series_snapshots.snapshot_at, created_month, is_on_or_before, sum(step) as step,
    from moves
    inner join series_snapshots
        on moves.kind = series_snapshots.kind
        and moves.coverage = series_snapshots.coverage
        and moves.snapshot_at <= series_snapshots.snapshot_at
        and (series_snapshots.previous_snapshot_at is null or moves.snapshot_at > series_snapshots.previous_snapshot_at)
    group by all
),

months as (
    select distinct kind, coverage, created_month, is_on_or_before from moved
    union
    select distinct kind, coverage, created_month, is_on_or_before from survivors
),

removed as (
    select
        months.*,
        series_snapshots.snapshot_at,
        series_snapshots.is_whole,
        sum(coalesce(moved.step, 0)) over (
            partition by months.kind, months.coverage, months.created_month, months.is_on_or_before
            order by series_snapshots.snapshot_at
        ) as removed_count,
    from months
    inner join series_snapshots using (kind, coverage)
    left join moved
        on months.kind = moved.kind
        and months.coverage = moved.coverage
        and months.created_month is not distinct from moved.created_month
        and months.is_on_or_before = moved.is_on_or_before
        and series_snapshots.snapshot_at = moved.snapshot_at
)

select
    removed.kind,
    removed.coverage,
    removed.snapshot_at,
    removed.created_month,
    removed.is_on_or_before,
    coalesce(survivors.survivor_count, 0) as survivor_count,
    if(removed.is_whole, cast(removed.removed_count as bigint), null) as removed_count,
from removed
left join survivors
    on removed.kind = survivors.kind
    and removed.coverage = survivors.coverage
    and removed.snapshot_at = survivors.snapshot_at
    and removed.created_month is not distinct from survivors.created_month
    and removed.is_on_or_before = survivors.is_on_or_before
where survivors.survivor_count > 0 or removed.removed_count > 0
