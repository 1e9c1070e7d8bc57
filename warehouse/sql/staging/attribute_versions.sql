-- A description and the snapshots it was true of: from one ordinal (inclusive) to another (exclusive).
-- `version_id` leaves 16 bits for the ordinal: a snapshot a day for 179 years. The carried description of a repository has 0 there.
-- grain: version_id
-- per: snapshot
with first_events as (
    select kind, coverage, repository_key, ordinal,
    from listing_events
    where was_listed is null
),

carried as (
    select
        carried_attributes.listing_key * 65536 as version_id,
        carried_attributes.* replace (series_steps.first_ordinal as ordinal),
        coalesce(first_events.ordinal, series_steps.end_ordinal) as to_ordinal,
        true as is_continued,
    from carried_attributes
    inner join series_steps using (kind, coverage)
    left join first_events using (kind, coverage, repository_key)
),

described as (
    select
        listing_keys.listing_key * 65536 + descriptions.ordinal as version_id,
        descriptions.* exclude (shown_at),
        listing_keys.listing_key,
        listing_keys.first_seen_at,
        coalesce(listing_events.next_ordinal, series_steps.end_ordinal) as to_ordinal,
        coalesce(listing_events.was_listed, listing_keys.is_carried) as is_continued,
    from descriptions
    inner join (from listing_events where is_listed) as listing_events using (kind, coverage, repository_key, ordinal)
    inner join listing_keys using (kind, coverage, repository_key)
    inner join series_steps using (kind, coverage)
)

select *
from carried
union all by name
select *
from described
