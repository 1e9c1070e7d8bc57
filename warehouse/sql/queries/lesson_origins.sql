-- What the Hub offers, each with the number that shows its use and the dated fact that it began with.
-- grain: indicator
with now as (
    select *
    from population
    where coverage = $coverage and snapshot_at <= $snapshot_at
    qualify row_number() over (partition by kind order by snapshot_at desc) = 1
),

models as (
    from now
    where kind = 'model'
),

-- By the newest census up to then, whatever our own list holds.
census_now as (
    select kind, repository_count
    from census
    where facet = 'whole' and doubt is null and snapshot_at <= $snapshot_at
    qualify row_number() over (partition by kind order by snapshot_at desc) = 1
),

measures as (
    select 1 as place, 'models' as indicator, repository_count::double as value, 'number' as unit, null::double as total, 'hub-opens' as began_with
    from models
    union all
    select 1.5, 'census_models', any_value(repository_count), 'number', null, null from census_now where kind = 'model'
    union all
    select 2, 'downloads', library_use.downloads_all_time, 'short', null, 'transformers-begins'
    from library_use
    inner join models using (kind, coverage, snapshot_at)
    where library_id = 'transformers'
    union all
    select 3, 'datasets', repository_count, 'number', null, 'datasets-library'
    from now
    where kind = 'dataset'
    union all
    select 4, 'spaces', repository_count, 'number', null, 'spaces'
    from now
    where kind = 'space'
    union all
    select 5, 'cards', card_count / nullif(card_known_count, 0), 'share', card_known_count, null
    from models
    union all
    select 6, 'authors', author_count, 'number', null, null
    from models
)

select
    measures.indicator,
    measures.value,
    measures.unit,
    measures.total,
    milestones.milestone_date as since_date,
    milestones.date_precision as since_precision,
    milestones.source_url,
from measures
left join milestones on milestones.milestone_id = measures.began_with
order by measures.place
