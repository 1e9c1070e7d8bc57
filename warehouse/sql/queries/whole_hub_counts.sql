-- Repositories of each kind at each snapshot of one whole coverage up to a moment, with pauses in collection marked.
-- grain: kind, snapshot_at
select
    kind,
    snapshot_at,
    repository_count,
    added_count,
    removed_count,
    previous_snapshot_at,
    elapsed_days,
    is_after_gap,
from snapshots
where coverage = $coverage and kind is not null and snapshot_at <= $as_of
order by kind, snapshot_at
