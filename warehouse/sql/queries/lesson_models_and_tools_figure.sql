-- Models of each family by the task that they declare, and how much these are downloaded; models of no known family are left out.
-- grain: family_id, task_id
select
    family_use.family_id,
    coalesce(model_families.label, family_use.family_id) as family,
    family_use.task_id,
    tasks.label_en,
    tasks.label_zh,
    family_use.repository_count,
    family_use.downloads_30d,
    family_use.downloads_all_time,
from family_use
left join model_families using (family_id)
left join tasks using (task_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_use.family_id != 'other'
order by family_use.repository_count desc, family_use.family_id, family_use.task_id
