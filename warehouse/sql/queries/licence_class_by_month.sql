-- Licence classes of one snapshot's repositories by their month of creation.
-- grain: created_month (nullable), licence_class
select
    created_month,
    licence_class,
    cast(sum(repository_count) as bigint) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from licence_mix
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by all
order by created_month, licence_class
