-- The Hub's own counts held against a whole listing of at most two days before or after: how many of each facet there are in both, how
-- many of them agree within 2 % (or ten repositories), and the one that is furthest off. Libraries are not compared: the Hub finds them
-- among the tags, a listing names one.
-- grain: kind, facet
with censuses as (
    select *
    from census
    where doubt is null and snapshot_at <= $as_of
    qualify snapshot_at = max(snapshot_at) over (partition by kind)
),

wholes as (
    select distinct snapshots.kind, snapshots.coverage, snapshots.snapshot_at
    from snapshots
    inner join censuses
        on snapshots.kind = censuses.kind
        and snapshots.is_whole
        and abs(epoch(snapshots.snapshot_at) - epoch(censuses.snapshot_at)) <= 2 * 86400
    qualify row_number() over (
        partition by snapshots.kind
        order by abs(epoch(snapshots.snapshot_at) - epoch(censuses.snapshot_at)), snapshots.coverage desc
    ) = 1
),

listed as (
    select 'whole' as facet, kind, coverage, snapshot_at, 'all' as value_id, repository_count from population
    union all by name
    select 'licence' as facet, kind, coverage, snapshot_at, licence_id as value_id, sum(repository_count) as repository_count
    from licence_mix
    group by all
    union all by name
    select 'task' as facet, kind, coverage, snapshot_at, task_id as value_id, repository_count from task_coverage
    union all by name
    select 'language' as facet, kind, coverage, snapshot_at, language_id as value_id, repository_count from language_coverage
),

paired as (
    select
        censuses.kind,
        censuses.facet,
        censuses.value_id,
        censuses.asked_at,
        wholes.snapshot_at as listed_at,
        censuses.repository_count,
        cast(listed.repository_count as bigint) as listed_count,
        abs(censuses.repository_count - listed.repository_count) as off_by,
        off_by <= greatest(10, 0.02 * listed.repository_count) as agrees,
    from censuses
    inner join wholes using (kind)
    inner join listed
        on listed.kind = censuses.kind
        and listed.facet = censuses.facet
        and listed.value_id = censuses.value_id
        and listed.coverage = wholes.coverage
        and listed.snapshot_at = wholes.snapshot_at
),

summed as (
    select
        kind,
        facet,
        max(asked_at) as asked_at,
        any_value(listed_at) as listed_at,
        count(*) as compared_count,
        count(*) filter (agrees) as agreeing_count,
        arg_max(value_id, off_by order by value_id) as value_id,
        arg_max(repository_count, off_by order by value_id) as repository_count,
        arg_max(listed_count, off_by order by value_id) as listed_count,
    from paired
    group by all
)

from summed
order by kind desc, list_position(['whole', 'licence', 'task', 'language'], facet)
