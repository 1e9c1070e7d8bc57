-- The records with their text cleaned, their tags sorted out by kind, and what a model card says read in each of its shapes.
-- A column is worked out once only if it is read from the step before, not from beside: hence the many short steps.
with measured as (
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
    from hub_records
),
marked as (
    -- Nearly every record is clean, and told so by a look at all its text at once.
    select
        *,
        has_marks(short_text) or coalesce(has_marks(tag_text), false) as is_marked,
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
        -- A tag may bear a name of 300 letters behind its prefix: it is read whole here, and kept shorter only afterwards.
        list_sort(case when is_marked or longest_tag > 400 then cleaned_list(tags, 400) else tags end) as sorted_tags
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
)
select
    *,
    case
        when len(licence_tags) > 0 then list_transform(licence_tags, lambda tag: lower(left(tag[9:], 200)))
        when tags is not null or cardData is not null then
            list_transform(cleaned_list(card_licences, 200), lambda licence: lower(licence))
    end as all_licences,
    case
        when cardData.language is not null then list_transform(cleaned_list(card_languages, 200), lambda word: lower(word))
        when getvariable('kind') = 'dataset' then
            list_transform(
                list_filter(all_tags, lambda tag: starts_with(tag, 'language:')), lambda tag: lower(left(tag[10:], 200))
            )
        -- Beside a card, a bare tag of two letters is only a tag: `ml` is not always Malayalam.
        when cardData is not null then []::varchar[]
        else list_filter(list_filter(all_tags, lambda tag: length(tag) = 2), lambda tag: is_language_code(tag))
    end as all_languages,
    case
        when len(stated_bases) > 0 then cleaned_list(stated_bases, 300)
        when base_tags is null then []::varchar[]
        else
            list_transform(
                base_tags,
                lambda tag: left(regexp_replace(tag, '^base_model:((finetune|adapter|quantized|merge):)?', ''), 300)
            )
    end as all_bases
from grouped
