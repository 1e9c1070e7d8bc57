-- The tasks that a Space serves: those of the models it links, as far as the same run listed them.
-- grain: coverage, snapshot_at, repository_key
-- per: snapshot
with links as (
    select
        coverage,
        snapshot_at,
        repository_key,
        unnest(linked_models) as model_id,
    from repository_snapshots
    where kind = 'space' and len(linked_models) > 0
),

served as (
    select
        links.coverage,
        links.snapshot_at,
        links.repository_key,
        list_sort(list(distinct models.tasks[1])) as tasks,
    from links
    inner join repository_snapshots as models
        on links.snapshot_at = models.snapshot_at
        and links.model_id = models.id
        and models.kind = 'model'
        and len(models.tasks) > 0
    group by all
)

select
    spaces.coverage,
    spaces.snapshot_at,
    spaces.repository_key,
    coalesce(served.tasks, ['undeclared']) as tasks,
from repository_snapshots as spaces
left join served using (coverage, snapshot_at, repository_key)
where spaces.kind = 'space'
