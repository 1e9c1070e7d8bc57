-- Published benchmark scores of the catalogue's current entries, as models.dev quotes them.
-- grain: entry_key, benchmark_index
with published as (
    select
        *,
        unnest(cast(json_extract(benchmarks, '$[*]') as json[])) as result,
        generate_subscripts(cast(json_extract(benchmarks, '$[*]') as json[]), 1) as benchmark_index,
    from catalogue
    where benchmarks is not null
)

select
    entry_key,
    cast(benchmark_index as bigint) as benchmark_index,
    provider_id,
    model_id,
    name,
    is_open_weights,
    release_date,
    result ->> '$.name' as benchmark,
    result ->> '$.metric' as metric,
    result ->> '$.version' as version,
    result ->> '$.variant' as variant,
    try_cast(result ->> '$.score' as double) as score,
    result ->> '$.source' as source,
from published
