select *
from openai_models
where $as_of::timestamp is null or first_seen_at <= $as_of
order by first_seen_at, model_id
