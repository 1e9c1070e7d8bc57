-- One offer of models.dev's api.json: a model at a provider, with price in USD per million tokens, as published.
-- Variables: pages (files), snapshot_at.
-- hash() takes null for an empty list: the lengths tell them apart.
-- fingerprint: provider_name, name, family, release_date, release_precision, knowledge, is_open_weights, weights_id
-- fingerprint: input_modalities, len(input_modalities), output_modalities, len(output_modalities), context_tokens, output_tokens
-- fingerprint: input_usd_per_mtok, output_usd_per_mtok, cache_read_usd_per_mtok, status, benchmarks
with entries as (
    select unnest(map_entries(providers)) as entry
    from read_json(getvariable('pages'), format = 'unstructured', records = false, hive_partitioning = false, columns = {'providers': 'map(varchar, json)'})
),
-- Materialised, or DuckDB repeats a provider's whole catalogue beside each of its models: a gigabyte for the full list.
providers as materialized (
    select
        cleaned(entry.key, 200) as provider_id,
        cleaned(entry.value ->> '$.name', 200) as provider_name,
        coalesce(
            map_entries(try_cast(entry.value -> '$.models' as map(varchar, json))), [{'key': null, 'value': entry.value}]
        ) as offers
    from entries
),
offers as (
    select provider_id, provider_name, unnest(offers) as offer
    from providers
),
typed as (
    select
        cleaned(offer.key, 300) as model_id,
        provider_id || '/' || model_id as entry_key,
        provider_id,
        provider_name,
        cleaned(offer.value ->> '$.name', 200) as name,
        cleaned(offer.value ->> '$.family', 200) as family,
        offer.value ->> '$.release_date' as stated_date,
        -- `2025` and `2025-04` occur beside whole days.
        try_cast(left(stated_date || '-01-01', 10) as date) as first_day,
        case
            when first_day between date '2016-01-01' and (getvariable('snapshot_at') + interval 3 year)::date then first_day
        end as release_date,
        case
            when release_date is null then null
            when length(stated_date) >= 10 then 'day'
            when length(stated_date) >= 7 then 'month'
            else 'year'
        end as release_precision,
        cleaned(offer.value ->> '$.knowledge', 200) as knowledge,
        try_cast(offer.value ->> '$.open_weights' as boolean) as is_open_weights,
        cleaned(
            regexp_extract(
                list_filter(
                    json_extract_string(offer.value, '$.weights[*].url'),
                    lambda url: regexp_matches(url, '^https?://(www\.)?(huggingface\.co|hf\.co)/[^/?#]+/[^/?#]+')
                )[1],
                '^https?://[^/]+/([^/?#]+/[^/?#]+)',
                1
            ),
            300
        ) as weights_id,
        as_set(cleaned_list(json_extract_string(offer.value, '$.modalities.input[*]'), 100)) as input_modalities,
        as_set(cleaned_list(json_extract_string(offer.value, '$.modalities.output[*]'), 100)) as output_modalities,
        -- 0 means not stated.
        nullif(count_of(offer.value ->> '$.limit.context'), 0) as context_tokens,
        nullif(count_of(offer.value ->> '$.limit.output'), 0) as output_tokens,
        price_of(offer.value ->> '$.cost.input') as input_usd_per_mtok,
        price_of(offer.value ->> '$.cost.output') as output_usd_per_mtok,
        price_of(offer.value ->> '$.cost.cache_read') as cache_read_usd_per_mtok,
        cleaned(offer.value ->> '$.status', 200) as status,
        case
            when json_type(offer.value -> '$.benchmarks') = 'ARRAY' and length(offer.value ->> '$.benchmarks') <= 50000
                then without_marks(offer.value ->> '$.benchmarks')
        end as benchmarks,
        offer.value as record
    from offers
)
select
    * exclude (stated_date, first_day, record),
    case
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when entry_key is null then 'no id'
    end as rejected_because,
    nullif(concat_ws(
        '; ',
        case when release_date is null and stated_date is not null then 'release_date is no plausible date, dropped' end,
        case when input_usd_per_mtok is null and (record ->> '$.cost.input') is not null then 'input price is no price, dropped' end,
        case when output_usd_per_mtok is null and (record ->> '$.cost.output') is not null then 'output price is no price, dropped' end,
        case when has_marks(record ->> '$.name') then 'control characters or direction marks removed' end
    ), '') as odd_because,
    coalesce(entry_key, provider_id, left(without_marks(record::varchar), 60)) as example
from typed
