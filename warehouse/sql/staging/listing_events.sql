-- Every time a series' listing began to show a repository, described it anew, or ceased to show it. Both at one ordinal: it came and went
-- between two snapshots that were kept.
-- grain: kind, coverage, repository_key, ordinal, is_listed
-- per: snapshot
with events as (
    select kind, coverage, repository_key, ordinal, true as is_listed, shown_at,
    from descriptions
    union all
    select kind, coverage, repository_key, ordinal, false as is_listed, shown_at,
    from listing_departures
)

select
    *,
    lead(ordinal) over history as next_ordinal,
    lead(shown_at) over history as next_shown_at,
    lag(is_listed) over history as was_listed,
from events
window history as (partition by kind, coverage, repository_key order by ordinal, is_listed desc)
