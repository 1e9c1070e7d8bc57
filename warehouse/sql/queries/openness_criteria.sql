-- The verdict on each of the index's twelve criteria: the systems of one family ($family), or all of them when it is empty.
-- grain: system, end_model, criterion
with systems as (
    select system, end_model, family_id, organisation, open_count, partial_count
    from openness_systems
    where $family = '' or family_id = $family
),

verdicts as (
    select system, coalesce(end_model, base_model, system) as end_model, criterion, verdict
    from (
        unpivot openness_index
        on base_data, end_data, base_weights, end_weights, training_code, code,
            architecture, preprint, paper, model_card, datasheet, licences
        into name criterion value verdict
    )
)

select *
from systems
inner join verdicts using (system, end_model)
order by open_count desc, partial_count desc, system, end_model, criterion
