-- The Hub's tasks that OpenAI's models serve, judged by the modalities the catalogue states (reference/task_modalities.csv).
-- grain: task_id, model_id
select
    task_modalities.task_id,
    catalogue.model_id,
    catalogue.name,
from catalogue
inner join task_modalities
    on list_has_all(catalogue.input_modalities, string_split(task_modalities.input_modalities, '+'))
    and list_contains(catalogue.output_modalities, task_modalities.output_modality)
    and regexp_matches(catalogue.model_id, task_modalities.model_pattern)
where catalogue.provider_id = 'openai'
