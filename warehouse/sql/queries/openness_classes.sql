-- How many models of the Model Openness Tool have each class; unknown is a class of its own.
-- grain: openness_class (nullable)
select openness_class, count(*) as model_count, string_agg(model, ', ' order by model) as models
from openness_classes
group by all
order by openness_class nulls last
