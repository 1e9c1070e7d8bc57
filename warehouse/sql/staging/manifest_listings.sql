-- What the manifests say: one row for each series of each run.
-- grain: run_id, listing, coverage
with runs as (
    select
        * exclude (listings),
        unnest(listings) as entry,
    from manifests
)

select
    run_id,
    snapshot_at,
    profile,
    version,
    endpoint,
    is_simulated,
    started_at,
    finished_at,
    entry.listing,
    entry.coverage,
    entry.coverage_limit,
    entry.status,
    entry.reason,
    entry.requests as request_count,
    entry.bytes as byte_count,
    entry.seconds,
    entry.record_count,
    entry.row_count,
    entry.duplicate_count,
    entry.rejected,
    entry.odd_values,
    cast(coalesce(list_sum(list_transform(entry.rejected, lambda finding: finding.count)), 0) as bigint) as rejected_count,
    entry.added_count,
    entry.changed_count,
    entry.left_count,
    entry.previous_snapshot_at as counted_against,
from runs
