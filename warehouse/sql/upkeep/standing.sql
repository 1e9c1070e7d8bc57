-- A sum over all that the touched repositories were at the kept snapshots: the same before and after pruning. Reads `net` for the pairs.
with standing as (
    select
        net.until_at,
        net.repository_key,
        described.content as description,
        counted.content as counters,
    from net
    asof inner join attribute_contents as described
        on net.repository_key = described.repository_key and net.until_at >= described.snapshot_at
    asof left join departures
        on net.repository_key = departures.repository_key and net.until_at >= departures.snapshot_at
    asof left join metric_contents as counted
        on net.repository_key = counted.repository_key and net.until_at >= counted.snapshot_at
    where departures.snapshot_at is null or departures.snapshot_at < described.snapshot_at
)

select count(*) as row_count, sum(hash(cast(standing as varchar))) as content_sum,
from standing
