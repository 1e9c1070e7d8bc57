-- How open the models of each snapshot are whose licence the listing tells, counted by repositories and by 30-day downloads.
-- grain: snapshot_at, openness, measure
with grouped as (
    select
        snapshot_at,
        case
            when licence_class in ('permissive', 'copyleft', 'public_domain') then 'open_source'
            when licence_class in ('rail', 'community', 'noncommercial', 'restricted') then 'restricted'
            when licence_class = 'undeclared' then 'unstated'
            else 'other'
        end as openness,
        sum(repository_count)::double as repositories,
        sum(downloads_30d)::double as downloads_30d,
    from licence_mix
    where kind = 'model' and coverage = $coverage and snapshot_at <= $snapshot_at and licence_class != 'unknown'
    group by all
),

measured as (
    unpivot grouped
    on repositories, downloads_30d
    into name measure value n
)

select
    measured.snapshot_at,
    snapshots.is_after_gap,
    measured.openness,
    measured.measure,
    measured.n,
    measured.n / sum(measured.n) over (partition by measured.snapshot_at, measured.measure) as share,
from measured
inner join snapshots
    on snapshots.snapshot_at = measured.snapshot_at and snapshots.kind = 'model' and snapshots.coverage = $coverage
order by measured.measure, measured.openness, measured.snapshot_at
