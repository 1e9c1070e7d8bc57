-- Months that brought more than twice as many models as the average month.
-- grain: one row
with months as (
    select created_month, sum(survivor_count) as created_count
    from growth
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and created_month is not null
    group by all
)

select count(*) as answer
from months
where created_count > /* gap */ 2 * (select avg(created_count) from months) /* end */
