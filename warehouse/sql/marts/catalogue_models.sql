-- A model of the catalogue, however its providers spell its name, whenever one of its offers changed. The maker's own offer says whether the weights are open and when the model came, else the
-- majority and the earliest; OpenAI's dates are those of openai_releases where it has one. A model of no provider is gone.
-- grain: model_key, snapshot_at
with keyed as (
    select
        *,
        -- mistral and mistralai, zai and zai-org are one maker.
        regexp_replace(regexp_replace(lower(provider_id), '[^a-z0-9]', '', 'g'), '(ai)?(org|inc|labs)?$', '') as provider,
        if(
            model_id like '%/%',
            regexp_replace(
                regexp_replace(lower(split_part(model_id, '/', 1)), '[^a-z0-9]', '', 'g'), '(ai)?(org|inc|labs)?$', ''
            ),
            null
        ) as named_maker,
        regexp_replace(
            regexp_replace(lower(split_part(weights_id, '/', 1)), '[^a-z0-9]', '', 'g'), '(ai)?(org|inc|labs)?$', ''
        ) as weights_maker,
    from catalogue_changes
),

members as (
    select distinct model_key, entry_key
    from keyed
    where model_key != ''
),

moments as (
    select distinct members.model_key, keyed.snapshot_at as moment
    from members
    inner join keyed using (entry_key)
),

latest as (
    select moments.model_key as member_of, moments.moment, keyed.*
    from moments
    inner join members using (model_key)
    inner join keyed on keyed.entry_key = members.entry_key and keyed.snapshot_at <= moments.moment
    qualify
        row_number() over (
            partition by moments.model_key, moments.moment, keyed.entry_key order by keyed.snapshot_at desc
        ) = 1
),

standing as (
    select *
    from latest
    where not is_departure and model_key = member_of
),

makers as (
    select model_key, moment, named_maker as maker
    from standing
    where named_maker is not null
    union
    select model_key, moment, weights_maker
    from standing
    where weights_maker is not null
),

judged as (
    select
        standing.model_key,
        standing.moment,
        standing.provider_id,
        standing.name,
        standing.is_open_weights,
        standing.weights_id,
        standing.context_tokens,
        list_contains(standing.output_modalities, 'text') as has_text,
        makers.maker is not null as is_own,
        coalesce(openai_releases.released_date, standing.release_date) as release_date,
        if(openai_releases.released_date is null, standing.release_precision, 'day') as release_precision,
        row_number() over (
            partition by standing.model_key, standing.moment
            order by
                openai_releases.released_date nulls last,
                makers.maker is null,
                standing.release_date is null,
                standing.release_precision = 'year',
                standing.release_date,
                standing.entry_key
        ) as place,
    from standing
    left join makers
        on makers.model_key = standing.model_key and makers.moment = standing.moment and makers.maker = standing.provider
    left join openai_releases on standing.provider_id = 'openai' and openai_releases.model_id = standing.model_id
),

counted as (
    select
        model_key,
        moment,
        coalesce(min(name) filter (is_own), min(name)) as name,
        count(*) filter (is_own and is_open_weights) as own_open_count,
        count(*) filter (is_own and not is_open_weights) as own_closed_count,
        count(*) filter (is_open_weights) as open_count,
        count(*) filter (not is_open_weights) as closed_count,
        bool_or(weights_id is not null) as has_weights,
        max(release_date) filter (place = 1) as release_date,
        max(release_precision) filter (place = 1) as release_precision,
        max(context_tokens) as context_tokens,
        coalesce(bool_or(has_text), false) as has_text,
        count(distinct provider_id) as provider_count,
    from judged
    group by all
)

select
    moments.model_key,
    moments.moment as snapshot_at,
    counted.name,
    case
        when own_open_count != own_closed_count then own_open_count > own_closed_count
        when open_count != closed_count then open_count > closed_count
        when open_count > 0 then has_weights
    end as is_open_weights,
    counted.release_date,
    counted.release_precision,
    counted.context_tokens,
    coalesce(counted.has_text, false) as has_text,
    coalesce(counted.provider_count, 0) as provider_count,
from moments
left join counted using (model_key, moment)
