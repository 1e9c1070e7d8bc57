-- The `rows` of catalogue_models with `attributes_md5`, which differs when any attribute does.
-- Null and the empty text or list stay apart: chr(30) stands for null, chr(31) parts the columns; cleaned text holds neither.
select
    *,
    entry_key as state_key,
    null as metrics,
    md5(concat_ws(
        chr(31), known(provider_name), known(name), known(family), known(release_date), known(release_precision), known(knowledge),
        known(is_open_weights), known(weights_id), known_list(input_modalities), known_list(output_modalities),
        known(context_tokens), known(output_tokens), known(input_usd_per_mtok), known(output_usd_per_mtok),
        known(cache_read_usd_per_mtok), known(status), known(benchmarks)
    )) as attributes_md5
from rows
