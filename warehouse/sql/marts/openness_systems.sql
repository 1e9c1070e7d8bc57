-- A system of the European Open Source AI Index: how many of its twelve criteria are open, partial or closed.
-- grain: system, end_model
select
    system,
    coalesce(end_model, base_model, system) as end_model,
    system_type,
    organisation,
    hub_repository,
    family_of(coalesce(hub_repository, end_model)) as family_id,
    licence,
    released,
    len(list_filter(verdicts, lambda verdict: verdict = 'open')) as open_count,
    len(list_filter(verdicts, lambda verdict: verdict = 'partial')) as partial_count,
    len(list_filter(verdicts, lambda verdict: verdict = 'closed')) as closed_count,
    source_url,
    source_date,
from (
    select
        *,
        [
            base_data, end_data, base_weights, end_weights, training_code, code,
            architecture, preprint, paper, model_card, datasheet, licences,
        ] as verdicts,
    from openness_index
)
