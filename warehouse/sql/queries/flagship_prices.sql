-- Is the API getting cheaper? The price of each new flagship of OpenAI's: the first of a generation whose name bears no size, no
-- variant and no date. A generation has a price where one is documented.
-- grain: model_id
with named as (
    select *, regexp_extract(model_id, '^(gpt-[0-9.]+o?(-turbo)?(-(sol|astra))?|o[0-9]+|davinci|text-davinci-00[0-9])$', 1) as flagship
    from openai_releases
    where released_date is not null and input_usd_per_mtok is not null
)

select
    model_id,
    released_date,
    input_usd_per_mtok,
    output_usd_per_mtok,
    price_date,
    price_source,
    input_usd_per_mtok / lag(input_usd_per_mtok) over (order by released_date, model_id) as factor,
from named
where flagship != '' and released_date <= cast($snapshot_at as date)
order by released_date, model_id
