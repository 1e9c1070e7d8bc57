-- How many repositories of one snapshot fall in each licence class, and how much they are downloaded.
-- grain: licence_class
select
    licence_class,
    count(distinct licence_id) as licence_count,
    cast(sum(repository_count) as bigint) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from licence_mix
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by all
order by repository_count desc
