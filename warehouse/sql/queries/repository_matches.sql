-- Current repositories that match what a reader looks for ('' or 0: anything), most used first; `match_count` is how many in all.
-- Counted apart: a window over all matches would sort every column of millions of them.
-- grain: id
with matches as not materialized (
    from repositories
    where
        kind = $kind
        and ($text = '' or contains(lower(id), lower($text)))
        and ($licence_class = '' or licence_class = $licence_class)
        and ($task = '' or list_contains(tasks, $task))
        and ($library = '' or library = $library)
        and ($family = '' or family_id = $family)
        and ($least = 0 or if(kind = 'space', likes, downloads) >= $least)
)

select
    id,
    downloads as downloads_30d,
    downloads_all_time,
    likes,
    licence,
    task,
    library,
    family_id,
    parameters,
    created_at,
    (select count(*) from matches) as match_count,
from matches
order by if(kind = 'space', likes, downloads) desc nulls last, likes desc nulls last, id
limit $limit
