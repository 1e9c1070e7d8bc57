-- Repositories created up to each month that the newest snapshot of each kind still lists, and those it had to drop.
-- grain: kind, created_month (nullable)
with newest as (
    select kind, coverage, max(snapshot_at) as snapshot_at,
    from snapshots
    where coverage = $coverage and snapshot_at <= $as_of and kind is not null
    group by all
),

months as (
    select
        growth.kind,
        growth.snapshot_at,
        growth.created_month,
        bool_or(growth.is_on_or_before) as has_on_or_before,
        cast(sum(growth.survivor_count) as bigint) as survivor_count,
        cast(sum(growth.removed_count) as bigint) as removed_count,
    from growth
    inner join newest using (kind, coverage, snapshot_at)
    group by all
)

select
    *,
    if(
        created_month is null,
        null,
        cast(sum(survivor_count) over (partition by kind, created_month is null order by created_month) as bigint)
    ) as cumulative_count,
from months
order by kind, created_month
