-- The share of each licence class at two snapshots, by $weight, and its shift in percentage points.
-- What a listing did not carry (`unknown`) says nothing of a change and is left out of both.
-- grain: licence_class
with counted as (
    select
        licence_class,
        snapshot_at = $since_at as is_before,
        case $weight
            when 'repositories' then repository_count
            when 'downloads_30d' then downloads_30d
            else downloads_all_time
        end as value,
    from licence_mix
    where
        kind = $kind
        and coverage = $coverage
        and snapshot_at in ($since_at, $snapshot_at)
        and licence_class != 'unknown'
        and ($with_undeclared or licence_class != 'undeclared')
),

totals as (
    -- A class that no repository states weighs nothing; one whose downloads nobody counted weighs nobody knows what.
    select
        licence_class,
        if(count(*) filter (not is_before) = 0, 0, cast(sum(value) filter (not is_before) as bigint)) as value,
        if(count(*) filter (is_before) = 0, 0, cast(sum(value) filter (is_before) as bigint)) as previous_value,
    from counted
    group by all
),

shares as (
    select
        *,
        value / nullif(sum(value) over (), 0) as share,
        previous_value / nullif(sum(previous_value) over (), 0) as previous_share,
    from totals
)

select
    *,
    (share - previous_share) * 100 as share_change_points,
from shares
order by share_change_points desc nulls last, licence_class
