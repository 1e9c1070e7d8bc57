-- The licences of the repositories that a reader narrowed a list down to ('' is any), as its newest snapshot lists them.
-- grain: licence_id, licence_class
select
    coalesce(listed.licence, 'undeclared') as licence_id,
    licence_classes.name as licence_name,
    listed.licence_class,
    count(*) as repository_count,
    cast(sum(listed.downloads) as bigint) as downloads_30d,
    cast(sum(listed.downloads_all_time) as bigint) as downloads_all_time,
from listed_repositories as listed
left join licence_classes on licence_classes.licence_id = listed.licence
where
    kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and ($task = '' or list_contains(tasks, $task))
    and ($language = '' or list_contains(languages, $language))
    and ($family = '' or family_id = $family)
    and ($author = '' or author = $author)
group by all
order by repository_count desc, licence_id
