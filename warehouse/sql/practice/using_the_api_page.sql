-- How many times as much OpenAI's model of the worked example costs for a token that it writes as for one that it reads.
-- grain: one row
with usual as (
    select *
    from catalogue_stays
    where
        valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
        and provider_id = 'openai' and list_contains(output_modalities, 'text') and list_contains(input_modalities, 'text')
        and release_date is not null and input_usd_per_mtok > 0 and output_usd_per_mtok > 0
    qualify input_usd_per_mtok <= median(input_usd_per_mtok) over ()
)

select model_id as model, output_usd_per_mtok / input_usd_per_mtok as answer
from usual
order by release_date desc, input_usd_per_mtok, model_id
limit 1
