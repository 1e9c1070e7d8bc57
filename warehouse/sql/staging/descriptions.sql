-- A repository's description as a listing gave it when it was new or had changed, with what we read out of it.
-- grain: kind, coverage, repository_key, ordinal
-- per: snapshot
with described as (
    select
        lake_attributes.*,
        steps.ordinal,
        first_shown(seen_at, snapshot_at, steps.previous_snapshot_at) as shown_at,
        case
            when licences is null then 'unknown-to-listing'
            when len(licences) = 0 then 'undeclared'
            when len(licences) = 1 then licences[1]
            else 'multiple'
        end as licence_id,
        coalesce(list_filter(list_transform(base_models, lambda base: family_of(base)), lambda family: family is not null)[1], family_of(id))
            as model_family_id,
    from lake_attributes
    inner join steps using (kind, coverage, snapshot_at)
),

several as (
    select
        kind,
        coverage,
        repository_key,
        ordinal,
        unnest(licences) as licence_id,
    from described
    where licence_id = 'multiple'
),

shared_classes as (
    select
        kind,
        coverage,
        repository_key,
        ordinal,
        if(count(distinct coalesce(licence_class, 'other')) = 1, any_value(coalesce(licence_class, 'other')), 'other') as licence_class,
    from several
    left join licence_classes using (licence_id)
    group by all
)

select
    described.kind,
    described.coverage,
    described.repository_key,
    described.ordinal,
    described.snapshot_at as attributes_at,
    described.shown_at,
    described.id,
    described.author,
    described.created_at,
    cast(date_trunc('month', described.created_at) as date) as created_month,
    -- In March 2022 the Hub began to keep dates and gave every older repository one of this minute.
    coalesce(
        described.created_at >= timestamp '2022-03-02 23:29:00' and described.created_at < timestamp '2022-03-02 23:30:00', false
    ) as is_on_or_before,
    described.licence_id,
    coalesce(shared_classes.licence_class, licence_classes.licence_class, 'other') as licence_class,
    described.tasks,
    described.library,
    described.languages,
    described.base_relation,
    described.base_models,
    if(described.kind = 'model', described.model_family_id, null) as family_id,
    described.parameters,
    case
        when described.parameters < 100e6 then '<0.1B'
        when described.parameters < 500e6 then '0.1-0.5B'
        when described.parameters < 1e9 then '0.5-1B'
        when described.parameters < 3e9 then '1-3B'
        when described.parameters < 8e9 then '3-8B'
        when described.parameters < 15e9 then '8-15B'
        when described.parameters < 40e9 then '15-40B'
        when described.parameters < 100e9 then '40-100B'
        when described.parameters >= 100e9 then '>100B'
        else 'undeclared'
    end as size_class,
    described.gated,
    described.has_card,
    described.linked_models,
from described
left join licence_classes using (licence_id)
left join shared_classes using (kind, coverage, repository_key, ordinal)
