-- How many models of the Model Openness Tool have each class: a class that none has stays, and unknown is one of its own.
-- grain: openness_class (nullable)
with classes as (
    select unnest([1, 2, 3, 0, null]) as openness_class
)

select
    classes.openness_class,
    count(openness_classes.model) as model_count,
    string_agg(openness_classes.model, ', ' order by openness_classes.model) as models,
from classes
left join openness_classes on openness_classes.openness_class is not distinct from classes.openness_class
group by all
order by classes.openness_class nulls last
