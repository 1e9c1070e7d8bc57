-- The newest population of each kind by a moment, of the widest coverage there is, beside the one before it.
-- grain: kind
with placed as (
    select
        *,
        row_number() over (partition by kind order by width, snapshot_at desc) as place,
    from snapshots
    where kind is not null and ($as_of::timestamp is null or snapshot_at <= $as_of)
)

select
    placed.kind,
    placed.coverage,
    placed.coverage_limit,
    placed.snapshot_at,
    placed.previous_snapshot_at,
    placed.elapsed_days,
    placed.repository_count,
    earlier.repository_count as previous_repository_count,
    population.author_count,
    population.licence_declared_count,
    population.licence_unknown_count,
    population.downloads_known_count,
    population.downloads_30d,
    earlier.downloads_30d as previous_downloads_30d,
    population.likes,
    census.repository_count as census_count,
from placed
inner join population using (kind, coverage, snapshot_at)
left join population as earlier
    on placed.kind = earlier.kind
    and placed.coverage = earlier.coverage
    and placed.previous_snapshot_at = earlier.snapshot_at
left join census
    on placed.kind = census.kind
    and census.facet = 'whole'
    and census.doubt is null
    and census.snapshot_at = (
        select max(believed.snapshot_at)
        from census as believed
        where
            believed.facet = 'whole' and believed.doubt is null and believed.kind = placed.kind
            and ($as_of::timestamp is null or believed.snapshot_at <= $as_of)
    )
where placed.place = 1
order by case placed.kind when 'model' then 1 when 'dataset' then 2 else 3 end
