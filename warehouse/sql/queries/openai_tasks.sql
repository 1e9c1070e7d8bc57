-- Tasks that models of OpenAI served by then, with the Hub's models for the same task beside them; two populations, never
-- added up.
-- grain: task_id
with served as (
    select
        task_id,
        count(*) as openai_model_count,
        string_agg(name, ', ' order by name) as openai_models,
    from openai_task_stays
    where valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
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
