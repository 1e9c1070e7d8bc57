-- The share of repositories (or of their downloads: $weight) that serve each task at two snapshots, and its shift in percentage points.
-- A repository that serves several tasks counts in each; the share is of all repositories, or of those that declare a task.
-- grain: task_id
with counted as materialized (
    select
        task_id,
        snapshot_at = $since_at as is_before,
        case $weight
            when 'repositories' then repository_count
            when 'downloads_30d' then downloads_30d
            else downloads_all_time
        end as value,
    from task_coverage
    where kind = $kind and coverage = $coverage and snapshot_at in ($since_at, $snapshot_at)
),

wholes as (
    select
        snapshot_at = $since_at as is_before,
        case $weight
            when 'repositories' then repository_count
            when 'downloads_30d' then downloads_30d
            else downloads_all_time
        end as value,
    from population
    where kind = $kind and coverage = $coverage and snapshot_at in ($since_at, $snapshot_at)
),

declared as materialized (
    select
        is_before,
        wholes.value - if($with_undeclared, 0, coalesce(any_value(counted.value), 0)) as value,
    from wholes
    left join (from counted where task_id = 'undeclared') as counted using (is_before)
    group by is_before, wholes.value
),

totals as materialized (
    select
        task_id,
        if(count(*) filter (not is_before) = 0, 0, cast(sum(value) filter (not is_before) as bigint)) as value,
        if(count(*) filter (is_before) = 0, 0, cast(sum(value) filter (is_before) as bigint)) as previous_value,
    from counted
    where $with_undeclared or task_id != 'undeclared'
    group by all
),

shares as materialized (
    select
        *,
        value / nullif((select value from declared where not is_before), 0) as share,
        previous_value / nullif((select value from declared where is_before), 0) as previous_share,
    from totals
)

select
    shares.task_id,
    tasks.label_en,
    tasks.label_zh,
    shares.value,
    shares.previous_value,
    shares.share,
    shares.previous_share,
    (shares.share - shares.previous_share) * 100 as share_change_points,
from shares
left join tasks using (task_id)
order by share_change_points desc nulls last, task_id
