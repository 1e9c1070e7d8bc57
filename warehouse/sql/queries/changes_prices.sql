-- Price changes of a provider's models between two moments, newest first: the dated step and the price before it.
-- A price that was not known before is no change, and neither is another context window.
-- grain: model_id, valid_from
with steps as (
    select
        *,
        lag(input_usd_per_mtok) over history as previous_input_usd_per_mtok,
        lag(output_usd_per_mtok) over history as previous_output_usd_per_mtok,
    from price_steps
    where provider_id = $provider
    window history as (partition by model_id order by valid_from)
)

select
    valid_from,
    model_id,
    previous_input_usd_per_mtok,
    input_usd_per_mtok,
    previous_output_usd_per_mtok,
    output_usd_per_mtok,
from steps
where
    valid_from > $since_at
    and valid_from <= $snapshot_at
    and (
        coalesce(input_usd_per_mtok != previous_input_usd_per_mtok, false)
        or coalesce(output_usd_per_mtok != previous_output_usd_per_mtok, false)
    )
order by valid_from desc, model_id
