-- Published benchmark scores of the catalogue's current entries, as models.dev quotes them.
-- grain: entry_key, benchmark_index
with published as (
    select
        *,
        unnest(range(cast(json_array_length(benchmarks) as bigint))) as position,
    from catalogue
    where benchmarks is not null
)

select
    entry_key,
    position + 1 as benchmark_index,
    provider_id,
    model_id,
    name,
    is_open_weights,
    release_date,
    json_extract_string(benchmarks, '$[' || position || '].name') as benchmark,
    json_extract_string(benchmarks, '$[' || position || '].metric') as metric,
    json_extract_string(benchmarks, '$[' || position || '].version') as version,
    json_extract_string(benchmarks, '$[' || position || '].variant') as variant,
    try_cast(json_extract_string(benchmarks, '$[' || position || '].score') as double) as score,
    json_extract_string(benchmarks, '$[' || position || '].source') as source,
from published
