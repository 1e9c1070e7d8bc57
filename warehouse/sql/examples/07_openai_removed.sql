-- Models that OpenAI's list showed once and shows no more.
select model_id, first_seen_at, last_seen_at, removed_at, shutdown_date
from openai_models
where not is_listed
order by removed_at desc
