-- Current repositories named in a list of ids or keys, with all we know of them.
-- grain: id
select *
from repositories
where kind = $kind and (list_contains($ids, id) or list_contains($ids, repository_key))
order by id
