-- How concentrated one measure was at each snapshot of a series up to the chosen one.
-- grain: snapshot_at
select
    concentration.snapshot_at,
    snapshots.is_after_gap,
    concentration.repository_count,
    concentration.zero_count,
    concentration.total,
    concentration.gini,
    concentration.hhi,
    concentration.top_1pct_share,
    concentration.top_1_5pct_share,
    concentration.top_50_share,
    concentration.top_200_share,
from concentration
inner join snapshots using (kind, coverage, snapshot_at)
where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at and measure = $measure
order by snapshot_at
