-- Models that state a base, by relation, at each snapshot of a series up to the chosen one.
-- grain: snapshot_at, relation
with related as (
    select
        snapshot_at,
        relation,
        cast(sum(derivative_count) as bigint) as n,
    from lineage_families
    where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at
    group by all
)

select
    snapshot_at,
    snapshots.is_after_gap,
    related.relation,
    related.n,
    snapshots.repository_count as total,
    related.n / snapshots.repository_count as share,
from related
inner join snapshots using (snapshot_at)
where snapshots.kind = $kind and snapshots.coverage = $coverage
order by snapshot_at, relation
