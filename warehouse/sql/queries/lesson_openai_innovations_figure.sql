-- OpenAI's models, as $listing tells of them, by family and creation, with what had become of each by a moment.
-- grain: model_id
with known as (
    select
        *,
        case
            when removed_at <= $snapshot_at then 'removed'
            when shutdown_date is not null then 'announced'
            else 'listed'
        end as state,
    from openai_offers
    where listing = $listing and first_seen_at <= $snapshot_at and created_at is not null
)

select
    known.model_id,
    openai_families.label_en,
    openai_families.label_zh,
    min(known.created_at) over (partition by known.family_id) as family_since,
    known.state,
    known.created_at,
    case when known.state = 'removed' then known.removed_at end as removed_at,
    known.shutdown_date,
from known
left join openai_families using (family_id)
order by family_since, known.created_at, known.model_id
