-- Context window of each model of the catalogue by release date, at its widest over the providers that offer it.
-- grain: name
with standing as (
    select *
    from catalogue_models
    where snapshot_at <= $as_of
    qualify row_number() over (partition by model_key order by snapshot_at desc) = 1
)

select
    name,
    if(is_open_weights, 'open', 'closed') as openness,
    release_date,
    context_tokens,
    provider_count,
from standing
where
    provider_count > 0 and has_text and context_tokens is not null and is_open_weights is not null
    and release_date <= cast($as_of as date) and release_precision != 'year'
order by release_date, name
