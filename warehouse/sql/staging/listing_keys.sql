-- A number for each repository that a series lists or listed in these snapshots: joins on it are much cheaper than on the Hub's keys.
-- Beside it, when the series first showed the repository, and whether it still did just before these snapshots.
-- grain: kind, coverage, repository_key
-- per: snapshot
select kind, coverage, repository_key, listing_key, first_seen_at, true as is_carried,
from carried_attributes
union all
select
    arrived.kind,
    arrived.coverage,
    arrived.repository_key,
    row_number() over () + (select coalesce(max(listing_key), 0) from carried_attributes) as listing_key,
    coalesce(absent.first_seen_at, arrived.shown_at) as first_seen_at,
    false as is_carried,
from listing_events as arrived
anti join carried_attributes using (kind, coverage, repository_key)
left join (from carried_absences where absent_to is null) as absent using (kind, coverage, repository_key)
where arrived.was_listed is null
