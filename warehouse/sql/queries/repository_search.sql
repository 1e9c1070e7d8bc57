-- Current repositories whose id contains a text (any text: `%` and `_` stand for themselves), most downloaded first.
select
    kind,
    repository_key,
    id,
    author,
    licence,
    licence_class,
    task,
    library,
    family_id,
    parameters,
    created_at,
    is_on_or_before,
    downloads,
    downloads_all_time,
    likes,
    coverage,
    snapshot_at,
from repositories
where kind = $kind and ($text = '' or contains(lower(id), lower($text)))
order by downloads desc nulls last, likes desc nulls last, id
limit $limit
