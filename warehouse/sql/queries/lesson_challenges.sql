-- What is hard about open models, each with the number that shows it. Parameters and sizes of data sets are as last known.
-- grain: indicator
with models as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

sized as (
    select parameters
    from listed_repositories
    where kind = 'model' and coverage = $coverage and parameters is not null and first_seen_at <= $snapshot_at
),

top_sized as (
    select listed_repositories.parameters
    from downloads_top
    inner join listed_repositories using (kind, coverage, repository_key)
    where
        downloads_top.kind = 'model' and downloads_top.coverage = $coverage and downloads_top.snapshot_at = $snapshot_at
        and downloads_top.rank <= 100 and listed_repositories.parameters is not null
),

datasets as (
    select size_bytes
    from listed_repositories
    where kind = 'dataset' and coverage = $coverage and size_bytes is not null and first_seen_at <= $snapshot_at
),

light as (
    select coalesce(sum(derivative_count) filter (relation in ('adapter', 'quantized')), 0) as light_count
    from lineage_families
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

energy as (
    select
        count(*) filter (list_contains(tags, 'co2_eq_emissions')) as stated_count,
        count(*) filter (list_has_any(tags, ['interpretability', 'explainability', 'explainable-ai', 'xai', 'mechanistic-interpretability'])) as explaining_count,
        count(tags) as model_count,
    from listed_repositories
    where kind = 'model' and coverage = $coverage and first_seen_at <= $snapshot_at
),

measures as (
    -- Two bytes a parameter at 16 bits: the weights alone.
    select 1 as place, 'median_memory' as indicator, median(parameters) * 2 / 1e9 as value, 'gb' as unit, null::bigint as total
    from sized
    union all
    select 2, 'top_memory', median(parameters) * 2 / 1e9, 'gb', null from top_sized
    union all
    select 3, 'too_large', count(*) filter (parameters * 2 > 80e9) / count(*), 'share', count(*) from sized
    union all
    select 4, 'light', light.light_count / nullif(models.base_known_count, 0), 'share', models.base_known_count
    from models
    left join light on true
    union all
    select 5, 'data', median(size_bytes) / 1e9, 'gb', null from datasets
    union all
    select 6, 'no_licence', 1 - licence_declared_count / nullif(repository_count - licence_unknown_count, 0), 'share',
        repository_count - licence_unknown_count
    from models
    union all
    select 7, 'no_card', 1 - card_count / nullif(card_known_count, 0), 'share', card_known_count from models
    union all
    select 8, 'energy', stated_count / nullif(model_count, 0), 'share', model_count from energy
    union all
    select 9, 'explained', if(model_count > 0, explaining_count, null), 'number', null from energy
)

select indicator, value, unit, total
from measures
order by place
