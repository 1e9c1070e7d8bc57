-- One record of a listing of models, datasets or Spaces, cleaned; a record or value that cannot be kept says why.
-- Parameters: $pages (files), $kind ('model', 'dataset' or 'space'), $snapshot_at.
with records as (
    -- Read as text wherever an odd value is conceivable: one that does not fit its declared type would refuse the whole page.
    select *
    from read_json(
        $pages,
        format = 'array',
        columns = {
            '_id': 'varchar', 'id': 'varchar', 'modelId': 'varchar', 'private': 'varchar', 'createdAt': 'varchar', 'lastModified': 'varchar',
            'downloads': 'varchar', 'downloadsAllTime': 'varchar', 'likes': 'varchar', 'trendingScore': 'varchar',
            'gated': 'varchar', 'disabled': 'varchar', 'pipeline_tag': 'varchar', 'library_name': 'varchar', 'sdk': 'varchar',
            'tags': 'varchar[]', 'models': 'varchar[]', 'datasets': 'varchar[]', 'mainSize': 'varchar',
            'cardData': 'struct(license varchar, license_name varchar, "language" varchar)',
            'baseModels': 'json', 'safetensors': 'struct(total varchar)', 'gguf': 'struct(total varchar)'
        }
    )
),
measured as (
    select
        *,
        array_to_string(tags, ' ') as tag_text,
        concat_ws(' ', _id, id, pipeline_tag, library_name, sdk, cardData.license, cardData.license_name, cardData.language) as other_text,
        coalesce(list_max(list_transform(tags, lambda tag: length(tag))), 0) as longest_tag,
        coalesce(safetensors.total, gguf.total) as stated_parameters
    from records
),
judged as (
    select
        *,
        has_marks(tag_text) or has_marks(other_text) as is_marked,
        longest_tag > 100
        or (length(other_text) > 200 and (length(id) > 300 or length(cardData.license) > 200 or length(cardData.license_name) > 200)) as is_long,
        cleaned(coalesce(id, modelId), 300) as clean_id,
        without_repeats(
            list_sort(case when longest_tag > 100 or has_marks(tag_text) then cleaned_list(tags, 100) else tags end)
        )[:3000] as clean_tags,
        json_type(baseModels) as base_shape
    from measured
),
listed as (
    select
        *,
        list_transform(list_filter(clean_tags, lambda tag: starts_with(tag, 'license:')), lambda tag: lower(tag[9:])) as tag_licences,
        list_filter(clean_tags, lambda tag: starts_with(tag, 'base_model:')) as base_tags,
        -- Three shapes: {relation, models: [{id}]}, [{relation, id}], {<relation>: [{id}]}.
        case
            when base_shape = 'OBJECT' and json_exists(baseModels, '$.models') then json_extract_string(baseModels, '$.models[*].id')
            when base_shape = 'OBJECT' then json_extract_string(baseModels, '$.*[*].id')
            when base_shape = 'ARRAY' then
                json_extract_string(baseModels, '$[*].id') || json_extract_string(baseModels, '$[*].models[*].id')
        end as stated_bases,
        case
            when base_shape = 'OBJECT' and json_exists(baseModels, '$.relation') then baseModels ->> '$.relation'
            when base_shape = 'OBJECT' then json_keys(baseModels)[1]
            when base_shape = 'ARRAY' then json_extract_string(baseModels, '$[*].relation')[1]
        end as stated_relation
    from judged
),
typed as (
    select
        coalesce(cleaned(_id, 100), 'name:' || clean_id) as repository_key,
        clean_id as id,
        nullif(split_part(clean_id, '/', 1), clean_id) as author,
        plausible(moment_of(createdAt), $snapshot_at) as created_at,
        case
            when len(tag_licences) > 0 then as_set(tag_licences)
            when tags is not null or cardData is not null then
                as_set(list_transform(cleaned_list(texts_of(cardData.license), 200), lambda licence: lower(licence)))
        end as licences,
        cleaned(cardData.license_name, 200) as licence_name,
        case
            when $kind = 'model' then list_filter([cleaned(pipeline_tag, 200)], lambda task: task is not null)
            when $kind = 'dataset' then
                list_transform(list_filter(clean_tags, lambda tag: starts_with(tag, 'task_categories:')), lambda tag: tag[17:])
        end as tasks,
        cleaned(library_name, 200) as library,
        case
            when cardData.language is not null then
                as_set(list_transform(cleaned_list(texts_of(cardData.language), 200), lambda word: lower(word)))
            when $kind = 'dataset' then
                as_set(
                    list_transform(list_filter(clean_tags, lambda tag: starts_with(tag, 'language:')), lambda tag: lower(tag[10:]))
                )
            -- Beside a card, a bare tag of two letters is only a tag: `ml` is not always Malayalam.
            when cardData is not null then []::varchar[]
            else list_filter(clean_tags, lambda tag: is_language_code(tag))
        end as languages,
        case
            when stated_relation in ('finetune', 'adapter', 'quantized', 'merge') then stated_relation
            when len(base_tags) > 0 then
                list_filter(
                    list_transform(base_tags, lambda tag: split_part(tag, ':', 2)),
                    lambda word: word in ('finetune', 'adapter', 'quantized', 'merge')
                )[1]
        end as base_relation,
        case
            when len(stated_bases) > 0 then as_set(cleaned_list(stated_bases, 300))
            when len(base_tags) > 0 then
                as_set(list_transform(base_tags, lambda tag: regexp_replace(tag, '^base_model:((finetune|adapter|quantized|merge):)?', '')))
            else []::varchar[]
        end as base_models,
        nullif(count_of(stated_parameters), 0) as parameters,
        count_of(mainSize) as size_bytes,
        case when gated in ('false', 'auto', 'manual') then gated end as gated,
        try_cast(disabled as boolean) as is_disabled,
        cardData is not null as has_card,
        cleaned(sdk, 200) as sdk,
        as_set(cleaned_list(models, 300))[:3000] as linked_models,
        as_set(cleaned_list(datasets, 300))[:3000] as linked_datasets,
        clean_tags as tags,
        count_of(downloads) as downloads,
        count_of(downloadsAllTime) as downloads_all_time,
        count_of(likes) as likes,
        case when isfinite(try_cast(trendingScore as double)) then try_cast(trendingScore as double) end as trending_score,
        plausible(moment_of(lastModified), $snapshot_at) as last_modified_at,
        {
            'is_private': private = 'true', 'is_marked': is_marked, 'is_long': is_long, 'has_many_tags': len(clean_tags) = 3000,
            'createdAt': createdAt, 'lastModified': lastModified, 'downloads': downloads, 'downloadsAllTime': downloadsAllTime,
            'likes': likes, 'trendingScore': trendingScore, 'parameters': stated_parameters, 'mainSize': mainSize, 'gated': gated,
            'license': cardData.license, 'relation': stated_relation, 'baseModels': base_shape
        } as given
    from listed
)
select
    * exclude (given),
    case
        when given.is_private then 'private, never kept'
        when id is null then 'no id'
    end as rejected_because,
    concat_ws(
        '; ',
        case when given.is_marked then 'control characters or direction marks removed' end,
        case when given.is_long then 'text longer than allowed, cut' end,
        case when given.has_many_tags then 'more than 3,000 tags, the rest dropped' end,
        case when created_at is null and given.createdAt is not null then 'createdAt is no plausible date, dropped' end,
        case when last_modified_at is null and given.lastModified is not null then 'lastModified is no plausible date, dropped' end,
        case when downloads is null and given.downloads is not null then 'downloads is no count, dropped' end,
        case when downloads_all_time is null and given.downloadsAllTime is not null then 'downloadsAllTime is no count, dropped' end,
        case when likes is null and given.likes is not null then 'likes is no count, dropped' end,
        case when trending_score is null and given.trendingScore is not null then 'trendingScore is no number, dropped' end,
        case when count_of(given.parameters) is null and given.parameters is not null then 'number of parameters is no count, dropped' end,
        case when size_bytes is null and given.mainSize is not null then 'mainSize is no count, dropped' end,
        case when gated is null and given.gated is not null then 'gated has an unknown value, dropped' end,
        case when given.license is not null and given.license not in ('', '[]') and len(licences) = 0 then 'licence is neither text nor list, dropped' end,
        case when base_relation is null and given.relation is not null then 'relation to the base model is unknown, dropped' end,
        case when given.baseModels not in ('OBJECT', 'ARRAY', 'NULL') then 'baseModels has an unknown shape, dropped' end
    ) as odd_because,
    id as example
from typed
