-- Use cases: the open model that leads each by 30-day downloads, and its counterpart at OpenAI: as in lesson_using_the_api, the
-- newest that costs no more than the median, here of the models that serve the task.
-- grain: task_id
with offered as (
    select *
    from openai_task_stays
    where
        valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
        and (input_usd_per_mtok is not null or output_modality != 'text')
    -- Of the models that serve a task, those that cost no more than the median: the newest of all is often the dearest.
    qualify
        input_usd_per_mtok is null
        or input_usd_per_mtok <= median(input_usd_per_mtok) over (partition by task_id)
),

served as materialized (
    select
        task_id,
        arg_max(
            {'name': name, 'input_usd': input_usd_per_mtok, 'output_usd': output_usd_per_mtok},
            {'release_date': release_date, 'model_id': model_id}
        ) as counterpart,
    from offered
    group by all
)

select
    task_leaders.task_id,
    tasks.label_en,
    tasks.label_zh,
    task_leaders.id,
    task_leaders.licence_id,
    task_leaders.parameters,
    task_leaders.downloads_30d,
    served.counterpart.name as counterpart,
    served.counterpart.input_usd as input_usd_per_mtok,
    served.counterpart.output_usd as output_usd_per_mtok,
from task_leaders
inner join tasks using (task_id)
left join served using (task_id)
where
    task_leaders.kind = 'model' and task_leaders.coverage = $coverage and task_leaders.snapshot_at = $snapshot_at
    and task_leaders.task_id in (
        'text-generation', 'translation', 'question-answering', 'summarization', 'text-classification', 'text-to-image',
        'image-text-to-text', 'automatic-speech-recognition', 'feature-extraction'
    )
order by task_leaders.downloads_30d desc
