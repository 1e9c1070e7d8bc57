-- Derivatives by month of creation and relation among the models that a reader narrowed a list down to ('' is any).
-- grain: created_month (nullable), relation
select
    cast(date_trunc('month', created_at) as date) as created_month,
    coalesce(base_relation, 'unstated') as relation,
    count(*) as derivative_count,
    cast(sum(downloads) as bigint) as downloads_30d,
from listed_repositories
where
    kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and len(base_models) > 0
    and ($task = '' or list_contains(tasks, $task))
    and ($language = '' or list_contains(languages, $language))
    and ($family = '' or family_id = $family)
    and ($author = '' or author = $author)
group by all
order by created_month, relation
