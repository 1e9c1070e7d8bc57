-- What authors hold by region and kind of organisation, at each snapshot up to a moment; `unmapped` is a part like the others.
-- grain: snapshot_at, region, author_kind
select
    origin_mix.snapshot_at,
    snapshots.is_after_gap,
    region,
    author_kind,
    origin_mix.author_count,
    origin_mix.repository_count,
    origin_mix.downloads_30d,
    origin_mix.downloads_all_time,
from origin_mix
inner join snapshots using (kind, coverage, snapshot_at)
where origin_mix.kind = $kind and origin_mix.coverage = $coverage and origin_mix.snapshot_at <= $snapshot_at
order by origin_mix.snapshot_at, origin_mix.downloads_30d desc nulls last, origin_mix.repository_count desc, region, author_kind
