-- What one provider asked for each model, and since when. A price holds until valid_to; null: it still held then.
-- grain: model_id, valid_from
select
    model_id,
    name,
    valid_from,
    if(valid_to <= $as_of, valid_to, null) as valid_to,
    input_usd_per_mtok,
    output_usd_per_mtok,
    cache_read_usd_per_mtok,
    context_tokens,
    output_tokens,
from price_steps
where provider_id = $provider and valid_from <= $as_of
order by name, valid_from
