-- A repository as the newest snapshot of a series lists it. `repositories` is the part of this table that a reader wants.
-- grain: kind, coverage, repository_key
with standing as (
    select
        kind,
        coverage,
        is_whole,
        width,
        max(snapshot_at) as snapshot_at,
    from series_snapshots
    where kind is not null
    group by all
),

current_series as (
    -- What an older series lists and a newer whole listing does not is gone.
    select
        *,
        row_number() over (partition by kind order by snapshot_at desc, width, coverage desc) as precedence,
    from standing
    where not exists (
        from standing as whole
        where whole.kind = standing.kind and whole.is_whole and whole.snapshot_at > standing.snapshot_at
    )
),

overshadowed as (
    select distinct later.kind, later.coverage, later.repository_key,
    from next_attributes as later
    inner join current_series as later_series using (kind, coverage)
    inner join next_attributes as earlier on later.kind = earlier.kind and later.repository_key = earlier.repository_key
    inner join current_series as earlier_series on earlier.kind = earlier_series.kind and earlier.coverage = earlier_series.coverage
    where later_series.precedence > 1 and earlier_series.precedence < later_series.precedence
),

shared_kinds as (
    select kind
    from standing
    group by all
    having count(*) > 1
),

first_sightings as (
    select kind, repository_key, min(first_seen_at) as first_seen_at,
    from (
        select kind, repository_key, first_seen_at from next_attributes
        union all
        select kind, repository_key, first_seen_at from next_absences
    )
    semi join shared_kinds using (kind)
    group by all
)

select
    kind,
    coverage,
    repository_key,
    described.attributes_at,
    wide.id,
    wide.author,
    described.licence_id as licence,
    described.licence_class,
    wide.licences,
    wide.licence_name,
    wide.tasks[1] as task,
    wide.tasks,
    wide.library,
    wide.languages,
    wide.base_relation,
    wide.base_models,
    described.family_id,
    described.parameters,
    wide.parameters as stated_parameters,
    described.size_class,
    wide.size_bytes,
    wide.gated,
    wide.is_disabled,
    wide.has_card,
    wide.sdk,
    wide.linked_models,
    wide.linked_datasets,
    wide.tags,
    wide.created_at,
    described.is_on_or_before,
    measured.downloads,
    measured.downloads_all_time,
    measured.likes,
    measured.trending_score,
    measured.last_modified_at,
    standing.snapshot_at,
    described.first_seen_at as series_first_seen_at,
    coalesce(first_sightings.first_seen_at, described.first_seen_at) as first_seen_at,
    current_series.precedence is not null and overshadowed.repository_key is null as is_current,
from full_descriptions as wide
inner join next_attributes as described using (kind, coverage, repository_key, attributes_at)
left join next_metrics as measured using (listing_key)
inner join standing using (kind, coverage)
left join current_series using (kind, coverage)
left join overshadowed using (kind, coverage, repository_key)
left join first_sightings using (kind, repository_key)
