-- The newest snapshot of a kind at a moment; of the coverage asked for, else of the widest (of two whole ones, the newer).
select
    kind,
    coverage,
    coverage_limit,
    snapshot_at,
    repository_count,
    previous_snapshot_at,
    elapsed_days,
    endpoint,
    is_simulated,
from snapshots
where
    kind = $kind
    and ($coverage::varchar is null or coverage = $coverage)
    and ($as_of::timestamp is null or snapshot_at <= $as_of)
order by case when coverage in ('full', 'archive') then 1 when coverage = 'top' then 2 else 3 end, snapshot_at desc
limit 1
