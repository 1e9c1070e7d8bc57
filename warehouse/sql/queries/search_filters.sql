-- What current repositories of a kind can be narrowed down by: each licence class, task, library and family that occurs.
-- grain: filter, choice
with named as (
    select licence_class, unnest(if(len(tasks) > 0, tasks, [null])) as task, library, family_id as family,
    from repositories
    where kind = $kind
),

counted as (
    select
        case
            when licence_class is not null then 'licence_class'
            when task is not null then 'task'
            when library is not null then 'library'
            else 'family'
        end as filter,
        coalesce(licence_class, task, library, family) as choice,
        count(*) as repository_count,
    from named
    group by grouping sets (licence_class, task, library, family)
)

select
    counted.filter,
    counted.choice,
    coalesce(tasks.label_en, libraries.label, model_families.label, counted.choice) as label_en,
    coalesce(tasks.label_zh, libraries.label, model_families.label, counted.choice) as label_zh,
    counted.repository_count,
from counted
left join tasks on counted.filter = 'task' and tasks.task_id = counted.choice
left join libraries on counted.filter = 'library' and libraries.library_id = counted.choice
left join model_families on counted.filter = 'family' and model_families.family_id = counted.choice
where counted.choice is not null
order by counted.filter, counted.repository_count desc, counted.choice
