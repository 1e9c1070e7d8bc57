-- Parameters of the models of each month of creation, and how many of them are made to be light (adapters, quantised).
-- grain: created_month
with light as (
    select
        created_month,
        sum(derivative_count) filter (relation in ('adapter', 'quantized')) as light_count,
    from lineage_families
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
),

created as (
    select created_month, sum(survivor_count) as model_count
    from growth
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
)

select
    size_by_month.created_month,
    size_by_month.repository_count,
    size_by_month.p50,
    size_by_month.p90,
    size_by_month.largest,
    created.model_count,
    coalesce(light.light_count, 0) as light_count,
from size_by_month
left join created using (created_month)
left join light using (created_month)
where size_by_month.kind = 'model' and size_by_month.coverage = $coverage and size_by_month.snapshot_at = $snapshot_at
order by size_by_month.created_month
