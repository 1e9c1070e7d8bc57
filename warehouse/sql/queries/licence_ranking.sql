-- How many repositories of one snapshot state each licence, and how much they are downloaded.
-- grain: licence_id, licence_class
select
    licence_mix.licence_id,
    licence_classes.name as licence_name,
    licence_mix.licence_class,
    cast(sum(repository_count) as bigint) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from licence_mix
left join licence_classes using (licence_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by all
order by repository_count desc, licence_id
