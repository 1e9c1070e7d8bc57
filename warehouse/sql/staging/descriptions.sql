-- A repository's description as a listing gave it when it was new or had changed, with what we read out of it.
-- grain: kind, coverage, repository_key, ordinal
-- per: snapshot
with classes as (
    select
        list(licence_id order by licence_id) as licence_ids,
        list(licence_class order by licence_id) as class_names,
    from licence_classes
),

named as (
    select
        lake_attributes.*,
        steps.ordinal,
        first_shown(seen_at, snapshot_at, steps.previous_snapshot_at) as shown_at,
        name_of(id) as model_name,
        list_transform(base_models, lambda base: name_of(base)) as base_names,
    from lake_attributes
    inner join steps using (kind, coverage, snapshot_at)
),

described as (
    select
        named.* exclude (model_name, base_names, parameters),
        -- No format takes less than half a bit for each, and no model has a hundred trillion: what is stated beyond is a slip or a joke.
        case
            when parameters <= 1e14 and parameters <= coalesce(16 * nullif(size_bytes, 0), parameters) then parameters
        end as parameters,
        case
            when licences is null then 'unknown-to-listing'
            when len(licences) = 0 then 'undeclared'
            when len(licences) = 1 then licences[1]
            else 'multiple'
        end as licence_id,
        -- Of several licences, the class that they share.
        case
            when len(licences) > 1 then
                list_distinct(
                    list_transform(
                        licences,
                        lambda licence: coalesce(class_names[nullif(list_position(licence_ids, licence), 0)], 'other')
                    )
                )
        end as several_classes,
        case
            when kind = 'model' then
                coalesce(
                    list_filter(list_transform(base_names, lambda name: family_of_name(name)), lambda family: family is not null)[1],
                    family_of_name(model_name)
                )
        end as family_id,
    from named
    cross join classes
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
    case
        when len(described.several_classes) = 1 then described.several_classes[1]
        when described.several_classes is null then coalesce(licence_classes.licence_class, 'other')
        else 'other'
    end as licence_class,
    described.tasks,
    described.library,
    described.languages,
    described.base_relation,
    described.base_models,
    described.family_id,
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
