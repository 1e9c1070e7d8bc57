-- The newest good snapshot of a list other than the Hub's (OpenAI, catalogue) by then.
select
    listing as kind,
    coverage,
    coverage_limit,
    snapshot_at,
    repository_count,
    previous_snapshot_at,
    elapsed_days,
    endpoint,
    is_simulated,
from snapshots
where listing = $listing and snapshot_at <= $as_of
order by snapshot_at desc
limit 1
