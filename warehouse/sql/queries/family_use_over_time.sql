-- Model families at each snapshot of one series up to the one asked for.
select
    snapshot_at,
    family_id,
    cast(sum(repository_count) as bigint) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from family_use
where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at
group by all
order by snapshot_at, repository_count desc
