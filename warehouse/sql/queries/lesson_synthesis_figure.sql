-- The open and the closed side on the same indicators, at the chosen snapshot and at the one nearest to a year before
-- (within 45 days; else the earlier value is unknown). Hub and API are two populations: nothing is added up.
-- grain: indicator, side
with earlier as (
    select snapshot_at
    from snapshots
    where
        kind = 'model' and coverage = $coverage
        and abs(date_diff('day', snapshot_at, $snapshot_at::timestamp - interval 365 day)) <= 45
    order by abs(date_diff('day', snapshot_at, $snapshot_at::timestamp - interval 365 day))
    limit 1
),

moments as materialized (
    select 'now' as at_time, $snapshot_at::timestamp as moment
    union all
    select 'before', snapshot_at from earlier
),

-- How many models there were: of a whole listing, else by a census of that time that can be believed.
counted as (
    select moments.at_time, population.repository_count, 1 as preference, population.snapshot_at
    from population
    inner join moments on population.snapshot_at = moments.moment
    semi join (select * from snapshots where is_whole) using (kind, coverage, snapshot_at)
    where kind = 'model' and coverage = $coverage
    union all
    select moments.at_time, census.repository_count, 2, census.snapshot_at
    from census
    inner join moments on census.snapshot_at between moments.moment - interval 45 day and moments.moment
    where kind = 'model' and facet = 'whole' and doubt is null
),

listed_then as (
    select moments.at_time, openai_listing.model_count
    from openai_listing
    inner join moments on openai_listing.snapshot_at <= moments.moment
    qualify row_number() over (partition by at_time order by openai_listing.snapshot_at desc) = 1
),

served_then as (
    select at_time, count(distinct task_id) as task_count
    from openai_task_stays
    inner join moments on valid_from <= moment and (valid_to is null or valid_to > moment)
    group by all
),

texts as materialized (
    select *, if(is_open_weights, 'open', 'closed') as side
    from catalogue_stays
    inner join moments on valid_from <= moment and (valid_to is null or valid_to > moment)
    where list_contains(output_modalities, 'text') and (is_open_weights or provider_id = 'openai')
),

measures as (
    select
        at_time,
        'models' as indicator,
        'open' as side,
        first(repository_count order by preference, snapshot_at desc)::double as value,
        'number' as unit,
    from counted
    group by all
    union all
    select at_time, 'models', 'closed', model_count, 'number' from listed_then
    union all
    select at_time, 'tasks', 'open', count(*), 'number'
    from task_coverage
    inner join moments on task_coverage.snapshot_at = moments.moment
    where kind = 'model' and coverage = $coverage and task_id != 'undeclared' and repository_count > 0
    group by all
    union all
    select at_time, 'tasks', 'closed', task_count, 'number' from served_then
    union all
    select at_time, 'context', side, max(context_tokens), 'tokens' from texts group by all
    union all
    select at_time, 'price', side, median(input_usd_per_mtok), 'usd'
    from texts
    where input_usd_per_mtok > 0
    group by all
),

sides as (
    select
        indicator,
        side,
        unit,
        max(value) filter (at_time = 'now') as now_value,
        max(value) filter (at_time = 'before') as before_value,
    from measures
    group by all
)

select *, $snapshot_at::timestamp as now_at, (select snapshot_at from earlier) as before_at
from sides
where now_value is not null
order by list_position(['models', 'tasks', 'context', 'price'], indicator), side desc
