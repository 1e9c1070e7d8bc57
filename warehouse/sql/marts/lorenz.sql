-- The Lorenz curve of a measure: which share of its total the least endowed share of repositories holds, in steps of one hundredth.
-- grain: kind, coverage, snapshot_at, measure, repository_share
-- per: snapshot
with totals as (
    select
        kind,
        coverage,
        snapshot_at,
        measure,
        max(last_rank) as n,
        max(running_total) as total,
    from value_counts
    group by all
    having max(running_total) > 0
),

points as (
    select
        totals.*,
        unnest(range(101)) as hundredth,
        n * hundredth / 100 as position,
    from totals
)

select
    points.kind,
    points.coverage,
    points.snapshot_at,
    points.measure,
    points.hundredth / 100 as repository_share,
    -- Within repositories of equal value the curve is a straight line.
    (values.running_total - (values.last_rank - points.position) * values.value) / points.total as value_share,
from points
asof inner join value_counts as values
    on points.kind = values.kind
    and points.coverage = values.coverage
    and points.snapshot_at = values.snapshot_at
    and points.measure = values.measure
    and points.position <= values.last_rank
