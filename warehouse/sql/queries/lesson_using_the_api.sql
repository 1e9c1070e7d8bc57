-- The worked example on both sides: the newest text model that costs no more than the median, at OpenAI and among the hosted
-- open weights of one family, and what the example's calls cost with it.
-- grain: side
with standing as (
    select *, if(is_open_weights, 'open', 'closed') as side
    from catalogue_stays
    where valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

priced as (
    select *
    from standing
    where
        (if(is_open_weights, family_id = $family, provider_id = 'openai')) and list_contains(output_modalities, 'text')
        and list_contains(input_modalities, 'text') and release_date is not null
        and input_usd_per_mtok > 0 and output_usd_per_mtok > 0
),

usual as (
    select *
    from priced
    qualify input_usd_per_mtok <= median(input_usd_per_mtok) over (partition by side)
),

chosen as (
    select *
    from usual
    qualify row_number() over (partition by side order by release_date desc, input_usd_per_mtok, model_id) = 1
)

select
    chosen.side,
    chosen.name,
    chosen.model_id,
    chosen.weights_id,
    chosen.provider_name,
    chosen.context_tokens,
    chosen.input_usd_per_mtok,
    chosen.output_usd_per_mtok,
    worked_example.call_count,
    worked_example.input_tokens,
    worked_example.output_tokens,
    (
        worked_example.input_tokens * chosen.input_usd_per_mtok + worked_example.output_tokens * chosen.output_usd_per_mtok
    ) / 1e6 * worked_example.call_count as cost_usd,
from chosen
cross join worked_example
order by chosen.side
