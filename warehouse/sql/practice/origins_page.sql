-- Months in which the repositories of a kind doubled last.
-- grain: one row
with months as (
    select created_month, cast(sum(survivor_count) as bigint) as created_count
    from growth
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and created_month is not null
    group by all
),

grown as (
    select created_month, sum(created_count) over (order by created_month) as cumulative_count
    from months
)

select date_diff('month', min(created_month) filter (cumulative_count >= (select max(cumulative_count) / 2 from grown)), max(created_month)) as answer
from grown
