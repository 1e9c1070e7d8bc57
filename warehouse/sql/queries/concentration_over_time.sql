select
    concentration.*,
    snapshots.is_after_gap,
from concentration
inner join snapshots using (kind, coverage, snapshot_at)
where concentration.kind = $kind and concentration.coverage = $coverage and concentration.snapshot_at <= $snapshot_at
order by concentration.snapshot_at, concentration.measure
