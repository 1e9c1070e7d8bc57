select *
from openai_events
where $as_of::timestamp is null or event_at <= $as_of
order by event_at desc, model_id
