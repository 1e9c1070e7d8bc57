-- Which of the Hub's tasks OpenAI's models served as the catalogue stood, judged by the modalities that it states
-- (reference/task_modalities.csv).
-- grain: entry_key, valid_from, task_id
-- stored: no
select
    task_modalities.task_id,
    task_modalities.output_modality,
    entry.entry_key,
    entry.valid_from,
    entry.valid_to,
    entry.model_id,
    entry.name,
    entry.release_date,
    entry.input_usd_per_mtok,
    entry.output_usd_per_mtok,
from catalogue_stays as entry
inner join task_modalities
    on list_has_all(entry.input_modalities, string_split(task_modalities.input_modalities, '+'))
    and list_contains(entry.output_modalities, task_modalities.output_modality)
    and regexp_matches(entry.model_id, task_modalities.model_pattern)
where entry.provider_id = 'openai'
