-- Models that came to OpenAI's list and left it, by month. The first snapshot's models did not arrive then.
-- grain: event_month, event
select
    cast(date_trunc('month', event_at) as date) as event_month,
    event,
    count(*) as model_count,
    string_agg(model_id, ', ' order by model_id) as models,
from openai_events
where event in ('arrived', 'returned', 'removed') and event_at <= $as_of
group by all
order by event_month, event
