-- How a listing differs between two snapshots: its size and use then and now, and how many came, returned, went, or came and went.
-- Only in a whole listing (`full`) does coming mean that a repository is new to the Hub, and going that it was removed or made private.
-- grain: one row
with candidates as materialized (
    select repository_key, created_at, series_first_seen_at as first_seen_at,
    from listed_repositories
    where kind = $kind and coverage = $coverage
    union all
    select repository_key, created_at, first_seen_at,
    from absences
    where kind = $kind and coverage = $coverage and absent_to is null
),

away as materialized (
    select
        repository_key,
        bool_or(absent_from <= $since_at and (absent_to is null or absent_to > $since_at)) as was_away,
        bool_or(absent_to is null or absent_to > $snapshot_at) as is_away,
        bool_or(absent_to > $since_at and absent_to <= $snapshot_at) as has_returned,
    from absences
    where kind = $kind and coverage = $coverage and absent_from <= $snapshot_at
    group by all
),

presence as (
    select
        candidates.created_at,
        candidates.first_seen_at,
        candidates.first_seen_at <= $since_at and not coalesce(away.was_away, false) as was_listed,
        not coalesce(away.is_away, false) as is_listed,
        candidates.first_seen_at > $since_at or coalesce(away.has_returned, false) as came,
    from candidates
    left join away using (repository_key)
    where candidates.first_seen_at <= $snapshot_at
),

moves as (
    select
        count(*) filter (is_listed and not was_listed) as new_count,
        -- Where none of the new ones says when it was created, nobody knows.
        case
            when count(*) filter (is_listed and not was_listed and created_at is not null) > 0
                or count(*) filter (is_listed and not was_listed) = 0
                then count(*) filter (is_listed and not was_listed and created_at > $since_at)
        end as created_count,
        count(*) filter (is_listed and not was_listed and first_seen_at <= $since_at) as returned_count,
        count(*) filter (was_listed and not is_listed) as vanished_count,
        count(*) filter (came and not was_listed and not is_listed) as passing_count,
    from presence
)

select
    now.repository_count,
    before.repository_count as previous_repository_count,
    now.downloads_30d,
    before.downloads_30d as previous_downloads_30d,
    now.likes,
    before.likes as previous_likes,
    date_diff('second', $since_at::timestamp, $snapshot_at::timestamp) / 86400 as elapsed_days,
    moves.*,
from moves
cross join (from population where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at) as now
cross join (from population where kind = $kind and coverage = $coverage and snapshot_at = $since_at) as before
