-- What the Hub itself counts of each value of a facet, by the newest census up to a moment, beside what one snapshot lists of it. `rest`
-- has none of the values that are asked for: other values, or none; where every task is asked for, `undeclared`, none at all. A
-- repository may name several languages, and the Hub finds a library among the tags, so of these there is no rest.
-- grain: value_id
with census_day as (
    select max(snapshot_at) as census_at from census
    where kind = $kind and facet = $facet and snapshot_at <= $as_of
),

counted as (
    select value_id, repository_count, whole_count, asked_at, doubt
    from census
    inner join census_day on census.snapshot_at = census_day.census_at
    where kind = $kind and facet = $facet
),

listed as (
    select 'licence' as facet, kind, coverage, snapshot_at, licence_id as value_id, repository_count from licence_mix
    union all by name
    select 'task' as facet, kind, coverage, snapshot_at, task_id as value_id, repository_count from task_coverage
    union all by name
    select 'library' as facet, kind, coverage, snapshot_at, library_id as value_id, repository_count from library_use
    union all by name
    select 'language' as facet, kind, coverage, snapshot_at, language_id as value_id, repository_count from language_coverage
),

in_list as (
    select value_id, cast(sum(repository_count) as bigint) as listed_count
    from listed
    where facet = $facet and kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    group by all
),

-- Where nothing in a list states the facet, the list does not tell it: then it is unknown there, not nought.
list as (
    select
        cast(sum(repository_count) as bigint) as list_count,
        exists (from in_list where value_id not in ('undeclared', 'unknown-to-listing')) as is_told,
    from population
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

beside as (
    select
        counted.value_id,
        counted.repository_count,
        counted.whole_count,
        counted.asked_at,
        counted.doubt,
        if(is_told, coalesce(listed_count, 0), null) as listed_count,
        list_count,
    from counted
    cross join list
    left join in_list using (value_id)
),

rest as (
    select
        if($facet = 'task' and count(*) = (select count(*) from tasks), 'undeclared', 'rest') as value_id,
        cast(any_value(whole_count) - sum(repository_count) as bigint) as repository_count,
        any_value(whole_count) as whole_count,
        max(asked_at) as asked_at,
        cast(any_value(list_count) - sum(listed_count) as bigint) as listed_count,
        any_value(list_count) as list_count,
    from beside
    where $facet in ('licence', 'task')
    having count(*) > 0 and count(doubt) = 0
),

drawn as (
    select * exclude (doubt) from beside where doubt is null
    union all by name
    select * from rest where repository_count >= 0
)

select
    drawn.value_id,
    coalesce(tasks.label_en, languages.label_en, libraries.label) as label_en,
    coalesce(tasks.label_zh, languages.label_zh, libraries.label) as label_zh,
    drawn.repository_count,
    drawn.whole_count,
    drawn.repository_count / nullif(drawn.whole_count, 0) as census_share,
    drawn.asked_at,
    drawn.listed_count,
    drawn.list_count,
    drawn.listed_count / nullif(drawn.list_count, 0) as listed_share,
from drawn
left join tasks on $facet = 'task' and tasks.task_id = drawn.value_id
left join languages on $facet = 'language' and languages.language_id = drawn.value_id
left join libraries on $facet = 'library' and libraries.library_id = drawn.value_id
order by drawn.value_id in ('rest', 'undeclared'), drawn.repository_count desc, drawn.value_id
