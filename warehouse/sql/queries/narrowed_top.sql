-- The 200 that lead among the repositories that a reader narrowed a list down to ('' is any): by 30-day downloads, Spaces by likes.
-- grain: rank
select
    row_number() over (order by if(kind = 'space', likes, downloads) desc nulls last, repository_key) as rank,
    id,
    author,
    licence as licence_id,
    task as task_id,
    library,
    created_at,
    is_on_or_before,
    downloads as downloads_30d,
    downloads_all_time,
    likes,
from listed_repositories
where
    kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and ($task = '' or list_contains(tasks, $task))
    and ($language = '' or list_contains(languages, $language))
    and ($family = '' or family_id = $family)
    and ($author = '' or author = $author)
order by rank
limit 200
