-- What each snapshot of a series holds, recounted from the lake's rows by another way than the marts are made: every row is a step up or
-- down, and the steps up to a snapshot add up to it. Reads the views attributes, metrics and departures.
-- grain: snapshot_at
with events as (
    select repository_key, snapshot_at, bool_and(is_listed) as is_listed, max(licence_count) as licence_count,
    from (
        select repository_key, snapshot_at, true as is_listed, coalesce(len(licences), 0) as licence_count,
        from attributes
        union all
        select repository_key, snapshot_at, false, null,
        from departures
    )
    group by all
),

counters as (
    select repository_key, snapshot_at, {d: coalesce(downloads, 0), a: coalesce(downloads_all_time, 0), l: coalesce(likes, 0)} as counted,
    from metrics
),

standing as (
    select
        snapshot_at,
        repository_key,
        last_value(is_listed ignore nulls) over history as is_listed,
        last_value(licence_count ignore nulls) over history as licence_count,
        last_value(counted ignore nulls) over history as counted,
    from events
    full outer join counters using (repository_key, snapshot_at)
    window history as (partition by repository_key order by snapshot_at rows between unbounded preceding and current row)
),

levels as (
    select
        snapshot_at,
        repository_key,
        unnest({
            repository_count: if(is_listed, 1, 0),
            licence_declared_count: if(is_listed and licence_count > 0, 1, 0),
            downloads_30d: if(is_listed, counted.d, 0),
            downloads_all_time: if(is_listed, counted.a, 0),
            likes: if(is_listed, counted.l, 0)
        }),
    from standing
),

steps as (
    select
        snapshot_at,
        columns(* exclude (snapshot_at, repository_key)) - coalesce(lag(columns(* exclude (snapshot_at, repository_key))) over history, 0),
    from levels
    window history as (partition by repository_key order by snapshot_at)
),

changes as (
    select snapshot_at, sum(columns(* exclude (snapshot_at))),
    from steps
    group by snapshot_at
)

select snapshot_at, cast(sum(columns(* exclude (snapshot_at))) over (order by snapshot_at) as bigint),
from changes
