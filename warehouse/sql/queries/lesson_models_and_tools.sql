-- Use of the families and tools that the lesson names: models that are of the family or name the library, their downloads, models made
-- from the family, and what PyPI counted of the package in the 30 days up to the last one known (unknown where one of them is).
-- grain: part, name_id
with named as (
    select 1 as place, 'family' as part, unnest(['bert', 'gpt2', 't5', 'llama', 'qwen', 'mistral']) as name_id, null::varchar as package
    union all
    select 2, 'library', unnest(['transformers', 'diffusers', 'peft', 'sentence-transformers']) as name_id, name_id
    union all
    select 3, 'format', 'gguf', null
    union all
    select 4, 'package', unnest(['datasets', 'tokenizers']) as name_id, name_id
    union all
    select 5, 'client', 'openai', 'openai'
),

listed as (
    select *
    from population
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

families as (
    select
        family_id as name_id,
        sum(repository_count) as repository_count,
        sum(downloads_30d) as downloads_30d,
        sum(downloads_all_time) as downloads_all_time,
    from family_use
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
),

derived as (
    select family_id as name_id, sum(derivative_count) as derivative_count
    from lineage_families
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
),

used as (
    select
        'family' as part,
        name_id,
        repository_count,
        downloads_30d,
        downloads_all_time,
        if((select any_value(base_known_count) from listed) > 0, coalesce(derivative_count, 0), null) as derivative_count,
    from families
    left join derived using (name_id)
    union all
    select
        if(library_id = 'gguf', 'format', 'library'),
        library_id,
        repository_count,
        downloads_30d,
        downloads_all_time,
        null,
    from library_use
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

days as (
    select
        package,
        download_count,
        date_diff('day', download_date, max(download_date) over (partition by package)) as age,
    from pypi_downloads
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by package, download_date order by snapshot_at desc) = 1
),

pulled as (
    select package, if(count(*) = 30, sum(download_count), null) as package_downloads_30d
    from days
    where age < 30
    group by all
)

select
    named.part,
    named.name_id,
    coalesce(model_families.label, libraries.label, named.name_id) as name,
    cast(used.repository_count as bigint) as repository_count,
    used.repository_count / (select listed.repository_count from listed) as repository_share,
    cast(used.downloads_30d as bigint) as downloads_30d,
    cast(used.downloads_all_time as bigint) as downloads_all_time,
    cast(used.derivative_count as bigint) as derivative_count,
    named.package,
    cast(pulled.package_downloads_30d as bigint) as package_downloads_30d,
from named
left join used using (part, name_id)
left join pulled using (package)
left join model_families on named.part = 'family' and model_families.family_id = named.name_id
left join libraries on named.part != 'family' and libraries.library_id = named.name_id
where used.name_id is not null or named.part in ('package', 'client')  -- what holds no models by its nature
order by named.place, used.repository_count desc nulls last, package_downloads_30d desc nulls last, named.name_id
