-- The `rows` of catalogue_models with `fingerprint`, which differs when any attribute does.
-- hash() takes null for an empty list: the lengths tell them apart.
select
    *,
    null as metrics,
    hash(
        provider_name, name, family, release_date, release_precision, knowledge, is_open_weights, weights_id,
        input_modalities, len(input_modalities), output_modalities, len(output_modalities), context_tokens, output_tokens,
        input_usd_per_mtok, output_usd_per_mtok, cache_read_usd_per_mtok, status, benchmarks
    ) as fingerprint
from rows
