-- What authors hold by region and kind of organisation, at each snapshot up to a moment; `unmapped` is a part like the others.
-- grain: snapshot_at, region, author_kind
select snapshot_at, region, author_kind, author_count, repository_count, downloads_30d, downloads_all_time
from origin_mix
where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at
order by snapshot_at, downloads_30d desc nulls last, repository_count desc, region, author_kind
