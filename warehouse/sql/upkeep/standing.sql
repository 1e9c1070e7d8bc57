-- Sums over all that the touched repositories were at the kept snapshots: the same before and after pruning. Reads `net` for the pairs.
-- Of those that are not told of, the description stands in rows that pruning does not touch.
with told as (
    from net
    where is_told
),

counted as (
    from net
    where measured_at is not null and is_listed
),

descriptions as materialized (
    from attribute_contents
    semi join told using (repository_key)
),

counters as materialized (
    from metric_contents
    semi join counted using (repository_key)
),

standing as (
    select 'description' as part, told.until_at, told.repository_key, cast(described.content as varchar) as content,
    from told
    asof inner join descriptions as described
        on told.repository_key = described.repository_key and told.until_at >= described.snapshot_at
    asof left join departures
        on told.repository_key = departures.repository_key and told.until_at >= departures.snapshot_at
    where departures.snapshot_at is null or departures.snapshot_at < described.snapshot_at
    union all
    select 'counters', counted.until_at, counted.repository_key, cast(measured.content as varchar),
    from counted
    asof inner join counters as measured
        on counted.repository_key = measured.repository_key and counted.until_at >= measured.snapshot_at
)

select part, count(*) as row_count, sum(hash(cast(standing as varchar))) as content_sum,
from standing
group by part
order by part
