-- Pages of the worked example that fit into one request to the newest usual model of OpenAI, beside its answer.
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
    context_tokens as context,
    input_tokens as page,
    worked_example.output_tokens as reply,
    (context_tokens - worked_example.output_tokens) // input_tokens as answer,
from usual
cross join worked_example
where context_tokens is not null
order by release_date desc, input_usd_per_mtok, model_id
limit 1
