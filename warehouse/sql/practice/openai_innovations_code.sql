-- Age in days of the oldest model that OpenAI still lists; `created` and `listed` are seconds since 1970, as the API writes them.
-- grain: one row
select
    model_id as model,
    cast(epoch(created_at) as bigint) as created,
    cast(epoch($snapshot_at) as bigint) as listed,
    (epoch($snapshot_at) - epoch(created_at)) / 86400 as answer,
from openai_models
where first_seen_at <= $snapshot_at and (removed_at is null or removed_at > $snapshot_at) and created_at is not null
order by created_at, model_id
limit 1
