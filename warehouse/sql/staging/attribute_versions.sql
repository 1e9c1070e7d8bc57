-- A description and the snapshots it was true of: from one ordinal (inclusive) to another (exclusive).
-- grain: version_id
-- per: snapshot
with first_events as (
    select *
    from listing_events
    where was_listed is null
),

carried as (
    select
        carried_attributes.* replace (series_steps.first_ordinal as ordinal),
        coalesce(first_events.ordinal, series_steps.end_ordinal) as to_ordinal,
        true as is_continued,
    from carried_attributes
    inner join series_steps using (kind, coverage)
    left join first_events using (kind, coverage, repository_key)
),

known as (
    select kind, coverage, repository_key, first_seen_at, true as is_listed,
    from carried_attributes
    union all
    select kind, coverage, repository_key, first_seen_at, false,
    from carried_absences
    where absent_to is null
),

first_seen as (
    select
        first_events.kind,
        first_events.coverage,
        first_events.repository_key,
        listing_keys.listing_key,
        coalesce(known.first_seen_at, first_events.shown_at) as first_seen_at,
        coalesce(known.is_listed, false) as is_listed,
    from first_events
    inner join listing_keys using (kind, coverage, repository_key)
    left join known using (kind, coverage, repository_key)
),

described as (
    select
        descriptions.* exclude (shown_at),
        first_seen.listing_key,
        first_seen.first_seen_at,
        coalesce(listing_events.next_ordinal, series_steps.end_ordinal) as to_ordinal,
        coalesce(listing_events.was_listed, first_seen.is_listed) as is_continued,
    from descriptions
    inner join (from listing_events where is_listed) as listing_events using (kind, coverage, repository_key, ordinal)
    inner join first_seen using (kind, coverage, repository_key)
    inner join series_steps using (kind, coverage)
)

select
    row_number() over () as version_id,
    *,
from (
    select * from carried
    union all by name
    select * from described
)
