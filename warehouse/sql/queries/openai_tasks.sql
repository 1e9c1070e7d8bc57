-- Tasks that models of OpenAI served by then, with the Hub's models for the same task beside them; two populations, never
-- added up. Which tasks a model serves is judged by the modalities that the catalogue states (reference/task_modalities.csv).
with standing as (
    select *
    from catalogue_changes
    where provider_id = 'openai' and snapshot_at <= $snapshot_at
    qualify row_number() over (partition by entry_key order by snapshot_at desc) = 1 and not is_departure
),

served as (
    select
        task_modalities.task_id,
        count(*) as openai_model_count,
        string_agg(standing.name, ', ' order by standing.name) as openai_models,
    from standing
    inner join task_modalities
        on list_has_all(standing.input_modalities, string_split(task_modalities.input_modalities, '+'))
        and list_contains(standing.output_modalities, task_modalities.output_modality)
        and regexp_matches(standing.model_id, task_modalities.model_pattern)
    group by all
)

select
    served.task_id,
    tasks.label_en,
    tasks.label_zh,
    tasks.modality,
    task_coverage.repository_count as hub_model_count,
    served.openai_model_count,
    served.openai_models,
from served
inner join tasks using (task_id)
left join task_coverage
    on task_coverage.task_id = served.task_id
    and task_coverage.kind = 'model'
    and task_coverage.coverage = $coverage
    and task_coverage.snapshot_at = $snapshot_at
order by hub_model_count desc nulls last, served.task_id
