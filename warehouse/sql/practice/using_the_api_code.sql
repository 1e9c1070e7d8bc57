-- Calls of the worked example that cost as much as a graphics card.
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

select
    model_id as model,
    input_tokens as tokens_in,
    worked_example.output_tokens as tokens_out,
    input_usd_per_mtok as price_in,
    output_usd_per_mtok as price_out,
    hardware.device as device,
    hardware.price_usd as card,
    hardware.price_usd / ((input_tokens * input_usd_per_mtok + worked_example.output_tokens * output_usd_per_mtok) / 1e6) as answer,
from usual
cross join worked_example
inner join hardware on hardware.stands_for = 'card'
order by release_date desc, input_usd_per_mtok, model_id
limit 1
