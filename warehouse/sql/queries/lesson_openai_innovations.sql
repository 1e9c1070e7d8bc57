-- Generation by generation: what the model that names it offers and costs, against the generation before. The model with the
-- shortest id stands for its generation.
-- grain: generation
with standing as (
    select *, regexp_extract(model_id, '^gpt-([0-9.]+o?)(-turbo)?(-[a-z]+)?$', 1) as generation
    from catalogue_stays
    where provider_id = 'openai' and valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

named as (
    select *
    from standing
    where
        generation != '' and release_date <= $snapshot_at and context_tokens is not null and input_usd_per_mtok is not null
        and list_contains(output_modalities, 'text')
    qualify row_number() over (partition by generation order by length(model_id), release_date, model_id) = 1
),

compared as (
    select
        generation,
        name,
        release_date,
        context_tokens,
        input_usd_per_mtok,
        output_usd_per_mtok,
        input_modalities,
        benchmarks,
        context_tokens / lag(context_tokens) over history as context_factor,
        input_usd_per_mtok / lag(input_usd_per_mtok) over history as price_factor,
    from named
    window history as (order by release_date, generation)
)

select
    * exclude (benchmarks),
    -- As its maker published it, the first that the catalogue quotes.
    benchmarks ->> '$[0].name' as benchmark,
    try_cast(benchmarks ->> '$[0].score' as double) as score,
from compared
order by release_date desc, generation desc
limit 9
