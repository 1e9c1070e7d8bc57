-- What makes the open ecosystem move large models on, each factor with its measured value.
-- grain: indicator
with now as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

bases as (
    select *
    from family_bases
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

speed as (
    select *
    from lineage_speed
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        -- A base of the last half year may still find its first derivative: only settled quarters count.
        and base_count >= 5 and base_created_quarter < $snapshot_at::timestamp - interval 9 month
),

spread as (
    select *
    from concentration
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and measure = 'downloads_30d'
),

indicators as (
    select 1 as place, 'reuse' as indicator, base_declared_count / nullif(base_known_count, 0) as value, 'share' as unit, base_known_count as total
    from now
    union all
    select 2, 'per_base', sum(link_count) / sum(base_count), 'number', null from bases
    union all
    select 3, 'speed_before', arg_min(median_days_to_first_derivative, base_created_quarter), 'days', null from speed
    union all
    select 4, 'speed_now', arg_max(median_days_to_first_derivative, base_created_quarter), 'days', null from speed
    union all
    select 5, 'authors', author_count, 'number', null from now
    union all
    select 6, 'languages', if((select language_known_count from now) > 0, count(*), null), 'number', null
    from language_coverage
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and language_id not in ('undeclared', 'multilingual') and repository_count > 0
    union all
    select 7, 'tasks', nullif(count(*), 0), 'number', null
    from task_coverage
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and task_id != 'undeclared' and repository_count > 0
    union all
    select 8, 'gini', gini, 'gini', null from spread
    union all
    select 9, 'top_1pct', top_1pct_share, 'share', total from spread
)

select indicator, value, unit, total
from indicators
order by place
