-- Where open models have an advantage: for each scenario the number that shows it, and the model that leads.
-- grain: indicator
with leaders as materialized (
    select *
    from downloads_top
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

now as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

libraries_used as (
    select *
    from library_use
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

bases as (
    select base_id, sum(derivative_count) as derivative_count
    from lineage_bases
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
),

classes as (
    select
        sum(repository_count) filter (licence_class in ('permissive', 'copyleft', 'public_domain'))::double as open_source,
        nullif(sum(repository_count), 0)::double as total,
    from licence_mix
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and licence_class != 'unknown'
),

prices as (
    select
        median(input_usd_per_mtok) filter (is_open_weights) as open_price,
        median(input_usd_per_mtok) filter (provider_id = 'openai') as closed_price,
        arg_min(name, input_usd_per_mtok) filter (is_open_weights) as cheapest,
    from catalogue_stays
    where
        valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
        and input_usd_per_mtok > 0 and list_contains(output_modalities, 'text')
),

scenarios as (
    select 1 as place, 'own_machine' as indicator, repository_count::double as value, 'number' as unit, null::bigint as total,
        (select arg_min(id, rank) from leaders where library = 'gguf') as leader
    from libraries_used
    where library_id = 'gguf'
    union all
    select 2, 'own_data', if(base_known_count > 0, base_declared_count, null), 'number', null, (select arg_max(base_id, derivative_count) from bases)
    from now
    union all
    select 3, 'languages', if((select language_known_count from now) > 0, count(*), null), 'number', null, null
    from language_coverage
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and language_id not in ('undeclared', 'multilingual') and repository_count > 0
    union all
    select 4, 'cost', closed_price / open_price, 'factor', null, cheapest from prices where closed_price is not null
    union all
    select 5, 'study', open_source / total, 'share', total::bigint,
        (
            select arg_min(leaders.id, leaders.rank)
            from leaders
            where leaders.licence_id in (
                select licence_id from licence_classes where licence_class in ('permissive', 'copyleft', 'public_domain')
            )
        )
    from classes
    union all
    select 6, 'breadth', nullif(count(*), 0), 'number', null, null
    from task_coverage
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and repository_count > 0
        and task_id != 'undeclared' and task_id not in (select task_id from task_modalities)
)

select indicator, value, unit, total, leader
from scenarios
order by place
