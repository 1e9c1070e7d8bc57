-- The base models of each family: how many have derivatives, how many links lead to them, and how long the first one took.
-- A merge counts with each of its bases, so links are more than models. Every base stands in one family.
-- grain: kind, coverage, snapshot_at, family_id
-- per: snapshot
with bases as (
    select
        coverage,
        snapshot_at,
        base_id,
        coalesce(family_id, 'other') as family_id,
        sum(derivative_count) as link_count,
        sum(derivative_count) filter (relation = 'finetune') as finetune_count,
        sum(derivative_count) filter (relation = 'adapter') as adapter_count,
        sum(derivative_count) filter (relation = 'quantized') as quantized_count,
        sum(derivative_count) filter (relation = 'merge') as merge_count,
        max(case when not base_is_on_or_before then base_created_at end) as created_at,
        -- Unknown as soon as one relation's first date is: the earliest could be there.
        if(count(*) = count(first_derivative_at), min(first_derivative_at), null) as first_derivative_at,
    from base_derivatives
    group by coverage, snapshot_at, base_id, coalesce(family_id, 'other')
)

select
    'model' as kind,
    coverage,
    snapshot_at,
    family_id,
    count(*) as base_count,
    -- A derivative older than its base is a wrong statement of one of them, no waiting time.
    count(*) filter (first_derivative_at >= created_at) as timed_base_count,
    percentile_cont(0.5) within group (order by date_diff('second', created_at, first_derivative_at) / 86400)
        filter (first_derivative_at >= created_at) as median_days_to_first_derivative,
    cast(sum(link_count) as bigint) as link_count,
    cast(coalesce(sum(finetune_count), 0) as bigint) as finetune_link_count,
    cast(coalesce(sum(adapter_count), 0) as bigint) as adapter_link_count,
    cast(coalesce(sum(quantized_count), 0) as bigint) as quantized_link_count,
    cast(coalesce(sum(merge_count), 0) as bigint) as merge_link_count,
from bases
group by all
