-- Every time a series' listing began to show a repository, described it anew, or ceased to show it.
-- grain: kind, coverage, repository_key, ordinal
-- per: snapshot
with events as (
    select kind, coverage, repository_key, ordinal, true as is_listed,
    from descriptions
    union all
    select kind, coverage, repository_key, ordinal, false,
    from lake_departures
    inner join steps using (kind, coverage, snapshot_at)
)

select
    *,
    lead(ordinal) over history as next_ordinal,
    lag(is_listed) over history as was_listed,
from events
window history as (partition by kind, coverage, repository_key order by ordinal)
