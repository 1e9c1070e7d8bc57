-- Periods in which the catalogue gave a model at a provider the same price and the same limits. A period begins when we first saw it.
-- grain: provider_id, model_id, valid_from
with terms as (
    select
        *,
        lag(is_departure) over history as was_gone,
        lag([input_usd_per_mtok, output_usd_per_mtok, cache_read_usd_per_mtok, context_tokens, output_tokens])
            over history as previous_terms,
        [input_usd_per_mtok, output_usd_per_mtok, cache_read_usd_per_mtok, context_tokens, output_tokens] as terms,
    from catalogue_changes
    window history as (partition by entry_key order by snapshot_at)
),

steps as (
    select
        *,
        lead(snapshot_at) over (partition by entry_key order by snapshot_at) as valid_to,
    from terms
    where is_departure or was_gone is null or was_gone or terms is distinct from previous_terms
)

select
    provider_id,
    model_id,
    name,
    snapshot_at as valid_from,
    valid_to,
    input_usd_per_mtok,
    output_usd_per_mtok,
    cache_read_usd_per_mtok,
    context_tokens,
    output_tokens,
from steps
where not is_departure
