-- The Hub's own counts over time, each with the count of the whole kind by the same census, and why it is to be doubted, if it is:
-- it fell by half since the census before (the next one confirms it or not), it is more than the whole, or the tasks are together.
-- A part may exceed what it is a part of by what comes in the minutes between the two counts. Where the whole is in doubt, nothing is
-- known of its parts' shares.
-- grain: kind, facet, value_id, snapshot_at
-- order: snapshot_at desc, kind desc, facet, repository_count desc
with compared as (
    select
        kind,
        facet,
        value_id,
        snapshot_at,
        asked_at,
        repository_count,
        lag(repository_count) over (partition by kind, facet, value_id order by snapshot_at) as previous_count,
    from hub_counts
),

wholes as (
    select
        kind,
        snapshot_at,
        repository_count as whole_count,
    from compared
    where facet = 'whole' and coalesce(previous_count < 100 or repository_count * 2 >= previous_count, true)
),

-- A model has one task, so its tasks' counts cannot be more than the models; of other facets it may have several values.
task_sums as (
    select
        kind,
        snapshot_at,
        sum(repository_count) as task_sum,
    from compared
    where facet = 'task'
    group by all
)

select
    compared.kind,
    compared.facet,
    compared.value_id,
    compared.snapshot_at,
    compared.asked_at,
    compared.repository_count,
    wholes.whole_count,
    case
        -- Few repositories come and go by chance.
        when compared.previous_count >= 100 and compared.repository_count * 2 < compared.previous_count then 'fell_by_half'
        when compared.repository_count > wholes.whole_count * 1.02 then 'above_the_whole'
        when compared.facet = 'task' and task_sums.task_sum > wholes.whole_count * 1.02 then 'tasks_above_the_whole'
    end as doubt,
from compared
left join wholes using (kind, snapshot_at)
left join task_sums using (kind, snapshot_at)
