-- What each run did with each series, failures and skipped ones included; `reason` also says when its snapshot was pruned later.
-- grain: run_id, listing, coverage
-- order: snapshot_at desc, listing, coverage
select
    run_id,
    snapshot_at,
    profile,
    version,
    endpoint,
    is_simulated,
    started_at,
    finished_at,
    listing,
    coverage,
    if(status = 'pruned', 'ok', status) as status,
    reason,
    request_count,
    byte_count,
    seconds,
    record_count,
    row_count,
    rejected_count,
    nullif(array_to_string(
        list_transform(rejected, lambda finding: finding.reason || ': ' || finding.count), '; '
    ), '') as rejected,
    nullif(array_to_string(
        list_transform(odd_values, lambda finding: finding.reason || ': ' || finding.count), '; '
    ), '') as odd_values,
from manifest_listings
