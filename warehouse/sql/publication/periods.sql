-- How the history of counters is cut into files: a month that is over is one, each snapshot of the newest month is one.
-- grain: kind, coverage, period
with moments as (
    select distinct kind, coverage, snapshot_at
    from counter_changes
)

select
    kind,
    coverage,
    if(
        date_trunc('month', snapshot_at) < (select date_trunc('month', max(snapshot_at)) from moments),
        date_trunc('month', snapshot_at),
        snapshot_at
    ) as period,
    min(snapshot_at) as first_snapshot_at,
    max(snapshot_at) as newest_snapshot_at,
from moments
group by all
order by all
