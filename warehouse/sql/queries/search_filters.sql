-- What current repositories of a kind can be narrowed down by: each licence class, task, library and family that occurs.
with named as (
    select licence_class, unnest(if(len(tasks) > 0, tasks, [null])) as task, library, family_id as family,
    from repositories
    where kind = $kind
),

counted as (
    select
        licence_class,
        task,
        library,
        family,
        count(*) as repository_count,
    from named
    group by grouping sets (licence_class, task, library, family)
)

select
    case
        when licence_class is not null then 'licence_class'
        when task is not null then 'task'
        when library is not null then 'library'
        else 'family'
    end as filter,
    coalesce(licence_class, task, library, family) as choice,
    repository_count,
from counted
where choice is not null
order by filter, repository_count desc, choice
