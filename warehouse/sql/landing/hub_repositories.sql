-- One record of a listing of models, datasets or Spaces, cleaned; a record or value that cannot be kept says why.
-- Variables: pages (files), kind ('model', 'dataset' or 'space'), snapshot_at.
with records as (
    -- Read as text wherever an odd value is conceivable: one that does not fit its declared type would refuse the whole page.
    select *
    from read_json(
        getvariable('pages'),
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
-- A column is worked out once only if it is read from the step before, not from beside: hence the many short steps.
measured as (
    select
        *,
        coalesce(id, modelId) as name,
        concat_ws(
            ' ', _id, id, modelId, pipeline_tag, library_name, sdk, cardData.license, cardData.license_name, cardData.language
        ) as short_text,
        array_to_string(tags, ' ') as tag_text,
        coalesce(list_max(list_transform(tags, lambda tag: length(tag))), 0) as longest_tag,
        coalesce(safetensors.total, gguf.total) as stated_parameters,
        json_type(baseModels) as base_shape,
        moment_of(createdAt) as created,
        moment_of(lastModified) as modified,
        try_cast(trendingScore as double) as trending,
        texts_of(cardData.license) as card_licences,
        texts_of(cardData.language) as card_languages
    from records
),
marked as (
    -- Nearly every record is clean, and told so by one look at all its text at once.
    select
        *,
        has_marks(concat_ws(' ', short_text, tag_text)) as is_marked,
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
    from measured
),
sorted as (
    select
        *,
        is_marked or length(short_text) > 200 as needs_care,
        list_sort(case when is_marked or longest_tag > 100 then cleaned_list(tags, 100) else tags end) as sorted_tags
    from marked
),
tagged as (
    select *, without_repeats(sorted_tags) as all_tags
    from sorted
),
grouped as (
    select
        *,
        case when needs_care then cleaned(_id, 100) else nullif(_id, '') end as clean_key,
        case when needs_care then cleaned(name, 300) else nullif(name, '') end as clean_id,
        list_filter(all_tags, lambda tag: starts_with(tag, 'license:') and tag <> 'license:') as licence_tags,
        case
            when coalesce(len(stated_bases), 0) = 0 and contains(tag_text, 'base_model:')
                then list_filter(all_tags, lambda tag: starts_with(tag, 'base_model:'))
        end as base_tags,
        cleaned_list(models, 300) as clean_models,
        cleaned_list(datasets, 300) as clean_datasets
    from tagged
),
listed as (
    select
        *,
        case
            when len(licence_tags) > 0 then list_transform(licence_tags, lambda tag: lower(tag[9:]))
            when tags is not null or cardData is not null then
                list_transform(cleaned_list(card_licences, 200), lambda licence: lower(licence))
        end as all_licences,
        case
            when cardData.language is not null then list_transform(cleaned_list(card_languages, 200), lambda word: lower(word))
            when getvariable('kind') = 'dataset' then
                list_transform(list_filter(all_tags, lambda tag: starts_with(tag, 'language:')), lambda tag: lower(tag[10:]))
            -- Beside a card, a bare tag of two letters is only a tag: `ml` is not always Malayalam.
            when cardData is not null then []::varchar[]
            else list_filter(list_filter(all_tags, lambda tag: length(tag) = 2), lambda tag: is_language_code(tag))
        end as all_languages,
        case
            when len(stated_bases) > 0 then cleaned_list(stated_bases, 300)
            when base_tags is null then []::varchar[]
            else
                list_transform(
                    base_tags, lambda tag: regexp_replace(tag, '^base_model:((finetune|adapter|quantized|merge):)?', '')
                )
        end as all_bases
    from grouped
),
typed as (
    select
        coalesce(clean_key, 'name:' || clean_id) as repository_key,
        clean_id as id,
        nullif(split_part(clean_id, '/', 1), clean_id) as author,
        plausible(created, getvariable('snapshot_at')) as created_at,
        as_set(all_licences) as licences,
        case when needs_care then cleaned(cardData.license_name, 200) else nullif(cardData.license_name, '') end as licence_name,
        case
            when getvariable('kind') = 'model' then
                case
                    when pipeline_tag is null or pipeline_tag = '' then []
                    when needs_care then cleaned_list([pipeline_tag], 200)
                    else [pipeline_tag]
                end
            when getvariable('kind') = 'dataset' then
                list_transform(list_filter(all_tags, lambda tag: starts_with(tag, 'task_categories:')), lambda tag: tag[17:])
        end as tasks,
        case when needs_care then cleaned(library_name, 200) else nullif(library_name, '') end as library,
        as_set(all_languages) as languages,
        case
            when stated_relation in ('finetune', 'adapter', 'quantized', 'merge') then stated_relation
            when len(base_tags) > 0 then
                list_filter(
                    list_transform(base_tags, lambda tag: split_part(tag, ':', 2)),
                    lambda word: word in ('finetune', 'adapter', 'quantized', 'merge')
                )[1]
        end as base_relation,
        as_set(all_bases) as base_models,
        nullif(count_of(stated_parameters), 0) as parameters,
        count_of(mainSize) as size_bytes,
        case when gated in ('false', 'auto', 'manual') then gated end as gated,
        try_cast(disabled as boolean) as is_disabled,
        cardData is not null as has_card,
        case when needs_care then cleaned(sdk, 200) else nullif(sdk, '') end as sdk,
        as_set(clean_models)[:3000] as linked_models,
        as_set(clean_datasets)[:3000] as linked_datasets,
        case when len(all_tags) > 3000 then all_tags[:3000] else all_tags end as tags,
        count_of(downloads) as downloads,
        count_of(downloadsAllTime) as downloads_all_time,
        count_of(likes) as likes,
        case when isfinite(trending) then trending end as trending_score,
        plausible(modified, getvariable('snapshot_at')) as last_modified_at,
        {
            'is_private': private = 'true', 'is_marked': is_marked, 'has_many_tags': len(all_tags) > 3000,
            'is_long': longest_tag > 100 or (needs_care and (
                length(name) > 300 or length(cardData.license_name) > 200 or (length(cardData.license) > 200 and cardData.license[1] <> '[')
            )),
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
