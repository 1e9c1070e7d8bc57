-- Those of the 200 that moved most to which a reader narrowed the list down ('' is any).
-- grain: direction, rank
select movers.* exclude (kind, coverage, snapshot_at)
from movers
inner join listed_repositories as listed using (kind, coverage, repository_key)
where
    movers.kind = $kind and movers.coverage = $coverage and movers.snapshot_at = $snapshot_at
    and ($task = '' or list_contains(listed.tasks, $task))
    and ($language = '' or list_contains(listed.languages, $language))
    and ($family = '' or listed.family_id = $family)
    and ($author = '' or listed.author = $author)
order by direction, rank
