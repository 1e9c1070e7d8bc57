-- How many of the repositories that serve a task stand under each class of licences; one that serves several counts in each. Spaces,
-- which declare no task, are left out.
-- grain: kind, coverage, snapshot_at, task_id, licence_class
-- per: snapshot
-- order: repository_count desc
with served as (
    select
        kind,
        coverage,
        snapshot_at,
        unnest(tasks) as task_id,
        licence_class,
        downloads_30d,
        downloads_all_time,
    from repository_snapshots
    where kind != 'space' and len(tasks) > 0
)

select
    kind,
    coverage,
    snapshot_at,
    task_id,
    licence_class,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from served
where task_id is not null
group by all
