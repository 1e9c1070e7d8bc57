-- The tasks that a Space serves: those of the models it links, as far as the same run listed them.
-- grain: coverage, snapshot_at, repository_key
-- per: snapshot
-- Each part is made distinct before it is joined: DuckDB 2.0.0 fails now and then ("dict-surviving cache: global dictionary
-- changed identity") where strings out of one join flow straight into the next, materialized or not.
with links as (
    select distinct
        coverage,
        snapshot_at,
        repository_key,
        unnest(linked_models) as model_id,
    from repository_snapshots
    where kind = 'space' and len(linked_models) > 0
),

models as (
    select distinct
        snapshot_at,
        id,
        tasks[1] as task_id,
    from repository_snapshots
    where kind = 'model' and len(tasks) > 0
),

spaces as (
    select distinct
        coverage,
        snapshot_at,
        repository_key,
    from repository_snapshots
    where kind = 'space'
),

served as (
    select
        links.coverage,
        links.snapshot_at,
        links.repository_key,
        list_sort(list(distinct models.task_id)) as tasks,
    from links
    inner join models on links.snapshot_at = models.snapshot_at and links.model_id = models.id
    group by all
)

select
    spaces.coverage,
    spaces.snapshot_at,
    spaces.repository_key,
    coalesce(served.tasks, ['undeclared']) as tasks,
from spaces
left join served using (coverage, snapshot_at, repository_key)
