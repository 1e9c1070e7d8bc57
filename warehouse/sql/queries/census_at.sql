-- What the Hub itself said by a moment of how many repositories of each kind it holds: the newest count that is not in doubt. No row
-- of a kind, no census of it.
-- grain: kind
select
    kind,
    snapshot_at,
    asked_at,
    repository_count,
from census
where facet = 'whole' and doubt is null and ($as_of::timestamp is null or snapshot_at <= $as_of)
qualify row_number() over (partition by kind order by snapshot_at desc) = 1
order by kind desc
