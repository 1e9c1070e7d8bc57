-- What each side offers, on the same terms: Hugging Face Hub and hosted open weights beside OpenAI. Two populations, never
-- added up; unknown where a source was not read.
-- grain: indicator
with texts as materialized (
    select *, if(is_open_weights, 'open', 'closed') as side
    from catalogue_stays
    where
        valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
        and list_contains(output_modalities, 'text') and (is_open_weights or provider_id = 'openai')
),

hub as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

-- How many models there are: of a whole listing, else by the newest census of that time that can be believed.
counted as (
    select repository_count, 1 as preference, snapshot_at
    from hub
    semi join (select * from snapshots where is_whole) using (kind, coverage, snapshot_at)
    union all
    select repository_count, 2, snapshot_at
    from census
    where kind = 'model' and facet = 'whole' and doubt is null
        and snapshot_at between $snapshot_at::timestamp - interval 45 day and $snapshot_at
),

served as (
    select count(distinct task_id) as task_count
    from openai_task_stays
    where valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

downloads as (
    select package, download_count, date_diff('day', download_date, max(download_date) over (partition by package)) as age
    from pypi_downloads
    where package in ('openai', 'transformers') and snapshot_at <= $snapshot_at
    qualify row_number() over (partition by package, download_date order by snapshot_at desc) = 1
),

measures as (
    select
        'models' as indicator,
        'number' as unit,
        'open' as side,
        first(repository_count order by preference, snapshot_at desc)::double as value,
    from counted
    union all
    select 'models', 'number', 'closed', arg_max(model_count, snapshot_at)
    from openai_listing
    where snapshot_at <= $snapshot_at
    union all
    select 'tasks', 'number', 'open', nullif(count(*), 0)
    from task_coverage
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and task_id != 'undeclared' and repository_count > 0
    union all
    select 'tasks', 'number', 'closed', nullif(task_count, 0) from served
    union all
    select 'licence', 'share', 'open', licence_declared_count / nullif(repository_count - licence_unknown_count, 0) from hub
    union all
    select 'price_in', 'usd', side, median(input_usd_per_mtok) from texts where input_usd_per_mtok > 0 group by side
    union all
    select 'price_out', 'usd', side, median(output_usd_per_mtok) from texts where output_usd_per_mtok > 0 group by side
    union all
    select 'context', 'tokens', side, median(context_tokens) from texts group by side
    union all
    select 'cadence', 'number', side, count(distinct coalesce(weights_id, name))
    from texts
    where release_date between $snapshot_at::timestamp - interval 365 day and $snapshot_at
    group by side
    union all
    select 'adoption', 'short', if(package = 'openai', 'closed', 'open'), sum(download_count)
    from downloads
    where age < 30
    group by package
    having count(*) = 30
),

compared as (
    select
        unnest(['models', 'tasks', 'licence', 'price_in', 'price_out', 'context', 'cadence', 'adoption']) as indicator,
        unnest(['number', 'number', 'share', 'usd', 'usd', 'tokens', 'number', 'short']) as unit,
        unnest(range(8)) as place,
)

select
    compared.indicator,
    compared.unit,
    max(measures.value) filter (measures.side = 'open') as open_value,
    max(measures.value) filter (measures.side = 'closed') as closed_value,
from compared
left join measures using (indicator)
group by compared.indicator, compared.unit, compared.place
order by compared.place
