-- A number for each repository that a series lists or listed in these snapshots: joins on it are much cheaper than on the Hub's keys.
-- grain: kind, coverage, repository_key
-- per: snapshot
select kind, coverage, repository_key, listing_key,
from carried_attributes
union all
select
    kind,
    coverage,
    repository_key,
    row_number() over () + (select coalesce(max(listing_key), 0) from carried_attributes) as listing_key,
from listing_events
anti join carried_attributes using (kind, coverage, repository_key)
where was_listed is null
