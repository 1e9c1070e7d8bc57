-- OpenAI's models at a moment, as $listing tells of them, by family and the endpoints it answers at (the preferred one first), with the range
-- of their prices in the catalogue.
-- grain: endpoint, label_en
with listed as (
    select *
    from openai_offers
    where listing = $listing and first_seen_at <= $snapshot_at and (removed_at is null or removed_at > $snapshot_at)
),

prices as materialized (
    select model_id, input_usd_per_mtok, output_usd_per_mtok
    from catalogue_stays
    where
        provider_id = 'openai' and input_usd_per_mtok > 0
        and valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

answering as (
    select family_id, string_agg(endpoint, ', ' order by preference) as endpoint, min(place) as place
    from openai_endpoints
    group by all
)

select
    answering.endpoint,
    openai_families.label_en,
    openai_families.label_zh,
    any_value(answering.place) as place,
    count(*) as model_count,
    count(prices.model_id) as priced_count,
    min(prices.input_usd_per_mtok) as lowest_usd_per_mtok,
    max(prices.output_usd_per_mtok) as highest_usd_per_mtok,
from listed
left join answering using (family_id)
left join openai_families using (family_id)
left join prices using (model_id)
group by answering.endpoint, openai_families.label_en, openai_families.label_zh
order by place nulls last, answering.endpoint, model_count desc, label_en
