-- What the Hub's structure promises, each with the number that shows how far it holds at one snapshot.
-- grain: indicator
with models as (
    select *
    from population
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

declared as (
    select
        sum(repository_count)::double as model_count,
        sum(card_count)::double as card_count,
        sum(card_known_count)::double as card_known_count,
        sum(gated_count)::double as gated_count,
        sum(gate_known_count)::double as gate_known_count,
    from family_licences
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

used as (
    select
        -- Where no model names a library, the listing does not tell of any.
        if(count(*) > 0, count(*) filter (repository_count >= 100), null) as library_count,
        if(count(*) > 0, coalesce(sum(repository_count) filter (library_id = 'transformers'), 0), null)::double as transformers_count,
    from library_use
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and library_id != 'undeclared'
),

served as (
    select if(count(*) > 0, count(*) filter (repository_count >= 100), null) as task_count
    from task_coverage
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and task_id != 'undeclared'
),

spaces as (
    -- A Space that links several tasks counts in each, so those without any are taken from the whole.
    select
        max(population.repository_count) as space_count,
        space_count - coalesce(max(task_coverage.repository_count), 0) as linking_count,
    from population
    left join task_coverage
        on task_coverage.kind = 'space'
        and task_coverage.coverage = population.coverage
        and task_coverage.snapshot_at = population.snapshot_at
        and task_coverage.task_id = 'undeclared'
    where
        population.kind = 'space'
        and population.coverage = $coverage
        and population.snapshot_at = (
            select max(snapshots.snapshot_at)
            from snapshots
            where snapshots.kind = 'space' and snapshots.coverage = $coverage and snapshots.snapshot_at <= $snapshot_at
        )
),

-- The tasks of the whole Hub by its own count, where it was asked for every task and no count is in doubt.
census_tasks as (
    select
        whole_count,
        sum(repository_count)::double as task_declared_count,
    from census
    where
        kind = $kind and facet = 'task'
        and snapshot_at = (select max(snapshot_at) from census where kind = $kind and facet = 'task' and snapshot_at <= $snapshot_at)
    group by all
    having count(*) = (select count(*) from tasks) and count(doubt) = 0
),

measures as (
    select 1 as place, 'modular' as indicator, library_count::double as value, 'number' as unit, null::double as total
    from used
    union all
    select 2, 'broad', task_count, 'number', null
    from served
    union all
    select 3, 'open', 1 - gated_count / nullif(gate_known_count, 0), 'share', gate_known_count
    from declared
    union all
    select 4, 'easy', used.transformers_count / model_count, 'share', model_count
    from used, declared
    union all
    select 5, 'findable', nullif(task_declared_count, 0) / repository_count, 'share', repository_count
    from models
    union all
    select 5.5, 'census_findable', any_value(task_declared_count / whole_count), 'share', any_value(whole_count)
    from census_tasks
    union all
    select 6, 'documented', card_count / nullif(card_known_count, 0), 'share', card_known_count
    from declared
    union all
    select 7, 'layered', base_declared_count / nullif(base_known_count, 0), 'share', base_known_count
    from models
    union all
    select 8, 'tangible', linking_count / space_count, 'share', space_count
    from spaces
)

select * exclude (place)
from measures
order by place
