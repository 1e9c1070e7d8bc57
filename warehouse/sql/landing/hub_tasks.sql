-- One task of `/api/tasks`, an object keyed by task id. Its modality is in hub_tags: group pipeline_tag, sub_type.
-- Variable: pages (files).
-- fingerprint: label
with entries as (
    select unnest(map_entries(tasks)) as entry
    from read_json(getvariable('pages'), format = 'unstructured', records = false, hive_partitioning = false, columns = {'tasks': 'map(varchar, json)'})
),
typed as (
    select
        cleaned(entry.key, 300) as task_id,
        cleaned(entry.value ->> '$.label', 200) as label,
        entry.value as record
    from entries
)
select
    * exclude (record),
    case
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when task_id is null then 'no id'
    end as rejected_because,
    case when has_marks(record ->> '$.label') then 'control characters or direction marks removed' end as odd_because,
    coalesce(task_id, left(without_marks(record::varchar), 60)) as example
from typed
