-- What pruned snapshots and the kept one after them (`until_at`) did to a repository, all in all, against the kept one before (`since_at`).
-- Reads `pruning`, which has a row for each of these snapshots, and the series' rows.
-- grain: until_at, repository_key
with described as (
    select
        until_at,
        repository_key,
        max(snapshot_at) as described_at,
        min(if(seen_at > previous_at, seen_at, snapshot_at)) as first_shown_at,
    from attributes
    inner join pruning using (snapshot_at)
    group by all
),

measured as (
    select until_at, repository_key, max(snapshot_at) as measured_at,
    from metrics
    inner join pruning using (snapshot_at)
    group by all
),

departed as (
    -- A departure may be said again at the next snapshot, where a late one showed it first.
    select
        until_at,
        repository_key,
        max(departures.snapshot_at) as departed_at,
        min(if(departures.seen_at > pruning.previous_at, departures.seen_at, departures.snapshot_at))
            filter (where described.described_at is null or departures.snapshot_at >= described.described_at) as gone_at,
    from departures
    inner join pruning using (snapshot_at)
    left join described using (until_at, repository_key)
    group by all
),

touched as (
    select *, described_at is not null or departed_at is not null as is_told,
    from described
    full outer join measured using (until_at, repository_key)
    full outer join departed using (until_at, repository_key)
    inner join (select distinct since_at, until_at from pruning) as stretches using (until_at)
),

descriptions as materialized (
    from attribute_contents
    semi join (from touched where is_told) as told using (repository_key)
),

counters as materialized (
    from metric_contents
    semi join measured using (repository_key)
),

-- Who was neither described nor left in between was listed all along: a listing that shows a repository again describes it.
listed_before as (
    select
        told.until_at,
        told.repository_key,
        before_row.snapshot_at is not null and coalesce(left_row.snapshot_at < before_row.snapshot_at, true) as was_listed,
        before_row.content as content_before,
    from (from touched where is_told) as told
    asof left join descriptions as before_row
        on told.repository_key = before_row.repository_key and told.since_at >= before_row.snapshot_at
    asof left join departures as left_row
        on told.repository_key = left_row.repository_key and told.since_at >= left_row.snapshot_at
),

counted_before as (
    select counted.until_at, counted.repository_key, before_row.content as counters_before,
    from (from touched where measured_at is not null) as counted
    asof left join counters as before_row
        on counted.repository_key = before_row.repository_key and counted.since_at >= before_row.snapshot_at
),

placed as (
    select
        touched.*,
        coalesce(listed_before.was_listed, true) as was_listed,
        coalesce(described_at > departed_at, departed_at is null) as is_listed,
        listed_before.content_before,
        counted_before.counters_before,
    from touched
    left join listed_before using (until_at, repository_key)
    left join counted_before using (until_at, repository_key)
)

select
    placed.until_at,
    placed.repository_key,
    placed.is_told,
    placed.described_at,
    placed.measured_at,
    placed.was_listed,
    placed.is_listed,
    -- Who came and went in between is kept with both dates, or it would never have been.
    placed.described_at is not null
    and if(placed.is_listed and placed.was_listed, now_row.content is distinct from placed.content_before, not placed.was_listed)
        as has_new_attributes,
    placed.measured_at is not null
    and placed.is_listed
    and (not placed.was_listed or now_counted.content is distinct from placed.counters_before) as has_new_metrics,
    not placed.is_listed and (placed.was_listed or placed.described_at is not null) as has_left,
    if(not placed.was_listed and placed.first_shown_at < placed.until_at, placed.first_shown_at, null) as came_at,
    if(placed.gone_at < placed.until_at, placed.gone_at, null) as gone_at,
from placed
left join descriptions as now_row
    on placed.repository_key = now_row.repository_key and placed.described_at = now_row.snapshot_at
left join counters as now_counted
    on placed.repository_key = now_counted.repository_key and placed.measured_at = now_counted.snapshot_at
