-- The ten tasks with most models, and how many models, datasets and Spaces serve each: three populations, each at its own
-- newest snapshot by then, never added up.
-- grain: kind, task_id
with newest as (
    select kind, max(snapshot_at) as snapshot_at
    from snapshots
    where kind is not null and coverage = $coverage and snapshot_at <= $snapshot_at
    group by all
),

covered as materialized (
    select task_coverage.*
    from task_coverage
    inner join newest using (kind, snapshot_at)
    where task_coverage.coverage = $coverage and task_coverage.task_id != 'undeclared'
),

largest as (
    select task_id, repository_count as model_count
    from covered
    where kind = 'model'
    order by repository_count desc, task_id
    limit 10
)

select
    covered.kind,
    covered.task_id,
    tasks.label_en,
    tasks.label_zh,
    covered.repository_count,
    covered.downloads_30d,
    largest.model_count,
from covered
inner join largest using (task_id)
left join tasks using (task_id)
where covered.repository_count > 0
order by largest.model_count desc, covered.task_id, covered.kind
