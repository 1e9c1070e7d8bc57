-- The attributes and counters of a repository, unknown where they cannot be true; `given` keeps what was said, for hub_oddities.
-- Variables: kind ('model', 'dataset' or 'space'), snapshot_at.
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
            list_transform(
                list_filter(all_tags, lambda tag: starts_with(tag, 'task_categories:')), lambda tag: left(tag[17:], 200)
            )
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
    -- Of the branch that one downloads, else of all that was ever stored.
    count_of(coalesce(mainSize, usedStorage)) as size_bytes,
    case when gated in ('false', 'auto', 'manual') then gated end as gated,
    try_cast(disabled as boolean) as is_disabled,
    cardData is not null as has_card,
    case when needs_care then cleaned(sdk, 200) else nullif(sdk, '') end as sdk,
    as_set(clean_models)[:3000] as linked_models,
    as_set(clean_datasets)[:3000] as linked_datasets,
    case
        when longest_tag > 100 then as_set(cleaned_list(all_tags, 100))[:3000]
        when len(all_tags) > 3000 then all_tags[:3000]
        else all_tags
    end as tags,
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
        'likes': likes, 'trendingScore': trendingScore, 'parameters': stated_parameters, 'mainSize': coalesce(mainSize, usedStorage), 'gated': gated,
        'license': cardData.license, 'relation': stated_relation, 'baseModels': base_shape
    } as given
from hub_cleaned
