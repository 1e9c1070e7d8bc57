-- What the models.dev catalogue offers now: one model at one provider, prices in USD per million tokens.
-- grain: entry_key
select
    * exclude (is_departure),
    min(snapshot_at) over (partition by entry_key) as first_seen_at,
from catalogue_changes
qualify row_number() over (partition by entry_key order by snapshot_at desc) = 1 and not is_departure
