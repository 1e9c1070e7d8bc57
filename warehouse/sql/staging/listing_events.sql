-- Every time a series' listing began to show a repository, described it anew, or ceased to show it. Both at one ordinal: it came and went
-- between two snapshots that were kept, and is `is_passing`.
-- grain: kind, coverage, repository_key, ordinal, is_listed
-- per: snapshot
with departed as (
    select
        kind,
        coverage,
        repository_key,
        ordinal,
        first_shown(seen_at, snapshot_at, steps.previous_snapshot_at) as shown_at,
        coalesce(lag(ordinal) over (partition by kind, coverage, repository_key order by ordinal), -1) as departed_before,
    from lake_departures
    inner join steps using (kind, coverage, snapshot_at)
),

shown as (
    select kind, coverage, repository_key, ordinal from descriptions
    union all
    select kind, coverage, repository_key, 0 from carried_attributes
),

gone as (
    -- Where a late snapshot shows that a repository had left already, the lake says it again at the next: only the first counts.
    select
        departed.kind,
        departed.coverage,
        departed.repository_key,
        departed.ordinal,
        departed.shown_at,
        bool_or(shown.ordinal = departed.ordinal) as is_passing,
    from departed
    inner join shown
        on departed.kind = shown.kind
        and departed.coverage = shown.coverage
        and departed.repository_key = shown.repository_key
        and shown.ordinal > departed.departed_before
        and shown.ordinal <= departed.ordinal
    group by all
),

events as (
    select kind, coverage, repository_key, ordinal, true as is_listed, shown_at, null::boolean as is_passing,
    from descriptions
    union all
    select kind, coverage, repository_key, ordinal, false, shown_at, is_passing,
    from gone
)

select
    *,
    lead(ordinal) over history as next_ordinal,
    lead(shown_at) over history as next_shown_at,
    lag(is_listed) over history as was_listed,
from events
window history as (partition by kind, coverage, repository_key order by ordinal, is_listed desc)
