-- One tag of `/api/models-tags-by-type` or `/api/datasets-tags-by-type`: objects of group → [{id, label, type, subType?}].
-- Variables: pages (files), page_names, kinds ('model' or 'dataset' for each file: the address knows, the answer does not).
-- fingerprint: label, sub_type
with entries as (
    select
        list_extract(getvariable('kinds'), list_position(getvariable('page_names'), parse_filename(filename))) as repository_kind,
        unnest(map_entries(tags)) as entry
    from read_json(getvariable('pages'), format = 'unstructured', records = false, filename = true, hive_partitioning = false, columns = {'tags': 'map(varchar, json)'})
),
items as (
    select
        repository_kind,
        cleaned(entry.key, 100) as tag_group,
        unnest(case when json_type(entry.value) = 'ARRAY' then json_extract(entry.value, '$[*]') else [entry.value] end) as record
    from entries
),
typed as (
    select
        repository_kind,
        tag_group,
        cleaned(record ->> '$.id', 300) as tag_id,
        repository_kind || '/' || tag_group || '/' || tag_id as tag_key,
        cleaned(record ->> '$.label', 200) as label,
        cleaned(record ->> '$.subType', 200) as sub_type,
        record
    from items
)
select
    * exclude (record),
    case
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when tag_key is null then 'no id'
    end as rejected_because,
    case when has_marks(record ->> '$.label') then 'control characters or direction marks removed' end as odd_because,
    coalesce(tag_key, left(without_marks(record::varchar), 60)) as example
from typed
