-- The newest snapshot by a moment of a kind of repository, or of another listing by its name: of the coverage asked for, else of the
-- widest (of two whole ones, the newer).
-- grain: kind
select
    coalesce(kind, listing) as kind,
    coverage,
    coverage_limit,
    is_whole,
    snapshot_at,
    repository_count,
    previous_snapshot_at,
    elapsed_days,
    endpoint,
    is_simulated,
from snapshots
where
    coalesce(kind, listing) = $kind
    and ($coverage::varchar is null or coverage = $coverage)
    and ($as_of::timestamp is null or snapshot_at <= $as_of)
order by width, snapshot_at desc
limit 1
