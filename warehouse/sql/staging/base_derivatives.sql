-- The derivatives that a base model has in a snapshot, by the relation they state; a derivative counts with each of its bases.
-- grain: coverage, snapshot_at, base_id, relation
-- per: snapshot
with edges as (
    select
        coverage,
        snapshot_at,
        unnest(base_models) as base_id,
        coalesce(base_relation, 'unstated') as relation,
        id,
        created_at,
        is_on_or_before,
        downloads_30d,
    from repository_snapshots
    where kind = 'model' and len(base_models) > 0
),

derivatives as (
    select
        coverage,
        snapshot_at,
        base_id,
        relation,
        count(*) as derivative_count,
        cast(sum(downloads_30d) as bigint) as derivative_downloads_30d,
        -- One derivative of unknown date, or from before the Hub kept dates, could be the first.
        if(bool_and(created_at is not null and not is_on_or_before), min(created_at), null) as first_derivative_at,
    from edges
    where base_id != id
    group by all
),

bases as (
    -- Two repositories bear one id while a rename settles: the older one counts.
    select
        coverage,
        snapshot_at,
        id as base_id,
        min(created_at) as created_at,
        bool_or(is_on_or_before) as is_on_or_before,
    from repository_snapshots
    semi join derivatives
        on repository_snapshots.coverage = derivatives.coverage
        and repository_snapshots.snapshot_at = derivatives.snapshot_at
        and repository_snapshots.id = derivatives.base_id
    where kind = 'model'
    group by all
)

select
    derivatives.*,
    family_of(derivatives.base_id) as family_id,
    bases.created_at as base_created_at,
    bases.is_on_or_before as base_is_on_or_before,
from derivatives
left join bases using (coverage, snapshot_at, base_id)
