-- A model's class by the Model Openness Framework: III Open Model, II Open Tooling, I Open Science; each needs what the classes
-- above it need too, every component under an open licence. 0 is none of them; unknown where nothing needed is known to be closed
-- and the licence of something needed is not known.
-- grain: model
with told as (
    select
        model,
        if(component in ('Technical report', 'Research paper'), 'Technical report or research paper', component) as component,
        bool_or(licence is null) as is_unknown,
        coalesce(bool_or(framework_licences.licence is not null), false) as is_open,
    from framework_components
    left join framework_licences using (licence)
    group by all
    union all
    select model, component, licence is null, framework_licences.licence is not null
    from framework_components
    left join framework_licences using (licence)
    where component = 'Research paper'
),

models as (
    select model, any_value(producer) as producer, any_value(hub_repository) as hub_repository
    from framework_components
    group by all
),

needed as (
    select
        models.model,
        framework_requirements.openness_class,
        coalesce(told.is_open, false) as is_open,
        coalesce(told.is_unknown and not told.is_open, false) as is_unknown,
    from models
    cross join framework_requirements
    left join told on told.model = models.model and told.component = framework_requirements.component
),

met as (
    select
        model,
        bool_and(is_open) as is_class_1,
        bool_and(is_open) filter (openness_class >= 2) as is_class_2,
        bool_and(is_open) filter (openness_class = 3) as is_class_3,
        bool_and(is_open or is_unknown) filter (openness_class = 3) as may_be_class_3,
        count(*) filter (is_open) as open_component_count,
        count(*) as needed_component_count,
    from needed
    group by all
)

select
    met.model,
    models.producer,
    models.hub_repository,
    case
        when is_class_1 then 1
        when is_class_2 then 2
        when is_class_3 then 3
        when not may_be_class_3 then 0
    end as openness_class,
    open_component_count,
    needed_component_count,
from met
inner join models using (model)
