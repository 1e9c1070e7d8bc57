-- The Lorenz curve of a measure: which share of its total the least endowed share of repositories holds, in steps of one hundredth.
-- grain: kind, coverage, snapshot_at, measure, repository_share
-- per: snapshot
-- order: measure, repository_share
with ranges as (
    select
        value_counts.*,
        measure_totals.repository_count as n,
        measure_totals.total,
    from value_counts
    inner join measure_totals using (kind, coverage, snapshot_at, measure)
    where measure_totals.total > 0
),

points as (
    -- The hundredths of n that fall on the ranks of one value: after the ranks below it, up to its last.
    select
        *,
        unnest(range((last_rank - repository_count) * 100 // n + 1, last_rank * 100 // n + 1)) as hundredth,
    from ranges
)

select
    kind,
    coverage,
    snapshot_at,
    measure,
    hundredth / 100 as repository_share,
    -- Within repositories of equal value the curve is a straight line.
    (running_total - (last_rank - n * hundredth / 100) * value) / total as value_share,
from points
union all
select kind, coverage, snapshot_at, measure, 0, 0,
from measure_totals
where total > 0
