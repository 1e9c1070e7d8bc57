-- Every time a series' listing ceased to show a repository. Where a late snapshot shows that one had left already, the lake says it again
-- at the next: only the first counts. `is_passing`: it came and went between two snapshots that were kept, so neither listed it.
-- grain: kind, coverage, repository_key, ordinal
-- per: snapshot
with said as (
    select
        kind,
        coverage,
        repository_key,
        ordinal,
        first_shown(seen_at, snapshot_at, steps.previous_snapshot_at) as shown_at,
        coalesce(lag(ordinal) over (partition by kind, coverage, repository_key order by ordinal), -1) as said_before,
    from lake_departures
    inner join steps using (kind, coverage, snapshot_at)
),

shown as (
    select kind, coverage, repository_key, ordinal from descriptions
    union all
    select kind, coverage, repository_key, 0 as ordinal from carried_attributes
)

select
    said.kind,
    said.coverage,
    said.repository_key,
    said.ordinal,
    said.shown_at,
    bool_and(shown.ordinal = said.ordinal) as is_passing,
from said
inner join shown
    on said.kind = shown.kind
    and said.coverage = shown.coverage
    and said.repository_key = shown.repository_key
    and shown.ordinal > said.said_before
    and shown.ordinal <= said.ordinal
group by all
