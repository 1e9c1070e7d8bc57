-- How many repositories the Hub itself says there are, in all (facet whole) and of each value asked for, as every census had it. An
-- answer that was no number is no row. `census` says which of them can be believed.
-- grain: kind, facet, value_id, snapshot_at
-- order: snapshot_at desc, kind desc, facet, repository_count desc
select
    count_key,
    snapshot_at,
    is_departure,
    kind,
    facet,
    value_id,
    asked_at,
    repository_count,
from lake_hub_counts
where not is_departure
