-- Who makes the derivatives of a family: the 50 authors with most of them in a snapshot. A derivative counts once in each family that its
-- bases belong to; `family_derivative_count` is all of that family.
-- grain: kind, coverage, snapshot_at, family_id, author
-- per: snapshot
-- order: derivative_count desc
with edges as (
    select
        coverage,
        snapshot_at,
        repository_key,
        id,
        author,
        coalesce(base_relation, 'unstated') as relation,
        downloads_30d,
        unnest(base_models) as base_id,
    from repository_snapshots
    where kind = 'model' and len(base_models) > 0
),

families as (
    select distinct coverage, snapshot_at, base_id, coalesce(family_id, 'other') as family_id
    from base_derivatives
),

derivatives as (
    select distinct
        edges.coverage,
        edges.snapshot_at,
        families.family_id,
        edges.repository_key,
        edges.author,
        edges.relation,
        edges.downloads_30d,
    from edges
    inner join families
        on edges.coverage = families.coverage and edges.snapshot_at = families.snapshot_at and edges.base_id = families.base_id
    where edges.base_id != edges.id
),

counted as (
    select
        coverage,
        snapshot_at,
        family_id,
        author,
        count(*) as derivative_count,
        count(*) filter (relation = 'finetune') as finetune_count,
        count(*) filter (relation = 'adapter') as adapter_count,
        count(*) filter (relation = 'quantized') as quantized_count,
        count(*) filter (relation = 'merge') as merge_count,
        cast(sum(downloads_30d) as bigint) as derivative_downloads_30d,
    from derivatives
    group by all
),

ranked as (
    select
        *,
        cast(sum(derivative_count) over (partition by coverage, snapshot_at, family_id) as bigint) as family_derivative_count,
        count(*) over (partition by coverage, snapshot_at, family_id) as family_author_count,
        row_number() over (
            partition by coverage, snapshot_at, family_id order by derivative_count desc, author nulls last
        ) as rank,
    from counted
)

select 'model' as kind, * exclude (rank),
from ranked
where rank <= 50 and author is not null
