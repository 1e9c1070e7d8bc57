-- One family in four parts: its downloads at each snapshot so far (unknown where it had no model or nobody counted), and at the chosen
-- one its derivatives by relation, and its models by task and by licence.
-- grain: part, snapshot_at, item_id
with downloads as (
    select snapshot_at, sum(downloads_30d) as downloads_30d
    from family_use
    where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at and family_id = $family
    group by all
),

parts as (
    select
        'downloads' as part,
        snapshots.snapshot_at,
        'downloads_30d' as item_id,
        cast(downloads.downloads_30d as bigint) as value,
        snapshots.is_after_gap,
    from snapshots
    left join downloads using (snapshot_at)
    where snapshots.kind = $kind and snapshots.coverage = $coverage and snapshots.snapshot_at <= $snapshot_at
    union all
    select 'derivatives', snapshot_at, relation, cast(sum(derivative_count) as bigint), null
    from lineage_families
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
    group by all
    union all
    select 'tasks', snapshot_at, task_id, repository_count, null
    from family_use
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
    union all
    select 'licences', snapshot_at, licence_id, cast(sum(repository_count) as bigint), null
    from family_licences
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
    group by all
)

select
    parts.part,
    parts.snapshot_at,
    parts.item_id,
    tasks.label_en,
    tasks.label_zh,
    licence_classes.licence_class,
    parts.value,
    parts.is_after_gap,
from parts
left join tasks on parts.part = 'tasks' and tasks.task_id = parts.item_id
left join licence_classes on parts.part = 'licences' and licence_classes.licence_id = parts.item_id
order by list_position(['downloads', 'derivatives', 'tasks', 'licences'], parts.part), parts.snapshot_at, parts.value desc, parts.item_id
