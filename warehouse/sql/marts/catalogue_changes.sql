-- The models.dev catalogue as the lake keeps it: an entry whenever it was new or different, or its departure.
-- family is the catalogue's own word; family_id is ours, by the name of its weights.
-- Letters, digits, point and plus of a name make its model_key: providers spell one name in many ways.
-- grain: entry_key, snapshot_at
select
    entry_key,
    snapshot_at,
    is_departure,
    provider_id,
    provider_name,
    model_id,
    name,
    lower(regexp_replace(
        regexp_replace(regexp_replace(name, '^.*(/|: )', ''), '(:free| \(free\))$', ''), '[^\p{L}\p{N}.+]', '', 'g'
    )) as model_key,
    family,
    family_of(coalesce(weights_id, model_id)) as family_id,
    release_date,
    release_precision,
    knowledge,
    is_open_weights,
    weights_id,
    input_modalities,
    output_modalities,
    context_tokens,
    output_tokens,
    input_usd_per_mtok,
    output_usd_per_mtok,
    cache_read_usd_per_mtok,
    status,
    benchmarks,
from lake_catalogue_models
