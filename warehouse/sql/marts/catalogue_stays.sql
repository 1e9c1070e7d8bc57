-- The catalogue as it stood: an entry from the snapshot that showed it so until the one that showed it otherwise, or no more.
-- grain: entry_key, valid_from
-- stored: no
with changes as (
    select
        * exclude (snapshot_at),
        snapshot_at as valid_from,
        lead(snapshot_at) over (partition by entry_key order by snapshot_at) as valid_to,
    from catalogue_changes
)

select * exclude (is_departure),
from changes
where not is_departure
