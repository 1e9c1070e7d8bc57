-- The 300 base models with most derivatives among the models that a reader narrowed a list down to ('' is any), by relation.
-- A derivative counts with each of its bases.
-- grain: base_id, relation
with edges as (
    select unnest(base_models) as base_id, coalesce(base_relation, 'unstated') as relation, id, downloads
    from listed_repositories
    where
        kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
        and ($task = '' or list_contains(tasks, $task))
        and ($language = '' or list_contains(languages, $language))
        and ($family = '' or family_id = $family)
        and ($author = '' or author = $author)
),

derived as (
    select
        base_id,
        relation,
        count(*) as derivative_count,
        cast(sum(downloads) as bigint) as derivative_downloads_30d,
    from edges
    where base_id != id
    group by all
),

totalled as (
    select *, cast(sum(derivative_count) over (partition by base_id) as bigint) as base_derivative_count
    from derived
)

select base_id, relation, derivative_count, base_derivative_count, derivative_downloads_30d
from totalled
qualify dense_rank() over (order by base_derivative_count desc, base_id) <= 300
order by base_derivative_count desc, base_id, relation
