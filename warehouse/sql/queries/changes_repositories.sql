-- The repositories that changed most between two snapshots, the first 100 of each state: `new` and `vanished` ones by what
-- leads a listing (30-day downloads; likes for Spaces), `up` and `down` by the change of it among those in both.
-- 30-day downloads are rolling: what was downloaded in between is the all-time change, given per day that passed.
-- grain: state, rank
with candidates as materialized (
    select repository_key, id, created_at, series_first_seen_at as first_seen_at,
    from listed_repositories
    where kind = $kind and coverage = $coverage
    union all
    select repository_key, id, created_at, first_seen_at,
    from absences
    where kind = $kind and coverage = $coverage and absent_to is null
),

away as materialized (
    select
        repository_key,
        bool_or(absent_from <= $since_at and (absent_to is null or absent_to > $since_at)) as was_away,
        bool_or(absent_to is null or absent_to > $snapshot_at) as is_away,
    from absences
    where kind = $kind and coverage = $coverage and absent_from <= $snapshot_at
    group by all
),

presence as materialized (
    select
        candidates.repository_key,
        candidates.id,
        candidates.created_at,
        candidates.first_seen_at <= $since_at and not coalesce(away.was_away, false) as was_listed,
        not coalesce(away.is_away, false) as is_listed,
    from candidates
    left join away using (repository_key)
    where candidates.first_seen_at <= $snapshot_at
),

changed as materialized (
    select repository_key, arg_max({d: downloads, a: downloads_all_time, l: likes}, snapshot_at) as now,
    from counter_changes
    where kind = $kind and coverage = $coverage and snapshot_at > $since_at and snapshot_at <= $snapshot_at
    group by all
),

-- What a counter was before is looked for among those that changed, first in the weeks before, then in all the years: most of
-- what changes this week changed in those weeks too, and to sum up the years of all would take a minute.
asked as materialized (
    select repository_key,
    from presence
    left join changed using (repository_key)
    where was_listed and (changed.repository_key is not null or not is_listed)
),

lately as materialized (
    select repository_key, arg_max({d: downloads, a: downloads_all_time, l: likes}, snapshot_at) as then,
    from counter_changes
    semi join asked using (repository_key)
    where
        kind = $kind
        and coverage = $coverage
        and snapshot_at <= $since_at
        and snapshot_at > $since_at::timestamp - interval 35 day
    group by all
),

before as (
    from lately
    union all
    select repository_key, arg_max({d: downloads, a: downloads_all_time, l: likes}, snapshot_at) as then,
    from counter_changes
    semi join (from asked anti join lately using (repository_key)) as unseen using (repository_key)
    where kind = $kind and coverage = $coverage and snapshot_at <= $since_at::timestamp - interval 35 day
    group by all
),

changes as (
    select
        presence.*,
        if(was_listed, before.then.d, null) as previous_downloads_30d,
        if(is_listed, changed.now.d, null) as downloads_30d,
        if(was_listed, before.then.l, null) as previous_likes,
        if(is_listed, changed.now.l, null) as likes,
        if(was_listed and is_listed, changed.now.a - before.then.a, null) as downloads_all_time_change,
        downloads_30d - previous_downloads_30d as downloads_30d_change,
        likes - previous_likes as likes_change,
        if($kind = 'space', likes_change, downloads_30d_change) as change,
        if($kind = 'space', coalesce(likes, previous_likes), coalesce(downloads_30d, previous_downloads_30d)) as use,
        case
            when was_listed and is_listed then case when change > 0 then 'up' when change < 0 then 'down' end
            when is_listed then 'new'
            when was_listed then 'vanished'
        end as state,
    from presence
    left join changed using (repository_key)
    left join before using (repository_key)
),

ranked as (
    select
        *,
        row_number() over (
            partition by state order by if(state in ('new', 'vanished'), use, abs(change)) desc nulls last, repository_key
        ) as rank,
    from changes
    where state is not null
)

select
    state,
    rank,
    id,
    created_at,
    downloads_30d,
    previous_downloads_30d,
    downloads_30d_change,
    downloads_all_time_change,
    downloads_all_time_change / (date_diff('second', $since_at::timestamp, $snapshot_at::timestamp) / 86400) as downloads_per_day,
    likes,
    previous_likes,
    likes_change,
from ranked
where rank <= 100
order by state, rank
