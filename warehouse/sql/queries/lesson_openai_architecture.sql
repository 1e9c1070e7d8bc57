-- Key features of the OpenAI API, each with the measure that shows it; its models as $listing tells of them.
-- grain: indicator
with known as (
    select *
    from openai_offers
    where listing = $listing and first_seen_at <= $snapshot_at
),

listed as (
    from known
    where removed_at is null or removed_at > $snapshot_at
),

standing as (
    from catalogue_stays
    where provider_id = 'openai' and valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

indicators as (
    select 1 as place, 'one_list' as indicator, count(*)::double as value, 'number' as unit, null::bigint as total from listed
    union all
    select 2, 'endpoints', count(distinct openai_endpoints.endpoint), 'number', null
    from listed
    inner join openai_endpoints using (family_id)
    union all
    select 3, 'modalities', count(distinct modality), 'number', null
    from (select unnest(list_concat(input_modalities, output_modalities)) as modality from standing)
    union all
    select 4, 'dated', count(*) filter (regexp_matches(model_id, '[0-9]{4}-[0-9]{2}-[0-9]{2}|-[0-9]{4}(-|$)')) / count(*), 'share', count(*)
    from listed
    union all
    select 5, 'pay_per_use', count(*) filter (input_usd_per_mtok > 0) / count(*), 'share', count(*) from standing
    union all
    select 6, 'cheapest', min(input_usd_per_mtok), 'usd', null from standing where input_usd_per_mtok > 0
    union all
    select 7, 'widest', max(context_tokens), 'tokens', null from standing
    union all
    select 8, 'announced', count(*) filter (shutdown_date is not null), 'number', null from listed
    union all
    select 9, 'life', median(date_diff('day', created_at, removed_at)), 'days', null
    from known
    where removed_at <= $snapshot_at and created_at is not null
)

select indicator, value, unit, total
from indicators
where value is not null
order by place
