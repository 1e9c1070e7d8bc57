-- What happened in OpenAI's list between two moments, newest first, and whether the model stood in it at the two.
-- Who came and went in between was listed at neither.
-- grain: event_at, model_id, event
with states as (
    select
        model_id,
        coalesce(not arg_max(is_departure, snapshot_at) filter (snapshot_at <= $since_at), false) as was_listed,
        not arg_max(is_departure, snapshot_at) as is_listed,
    from openai_changes
    where snapshot_at <= $snapshot_at
    group by all
)

select
    event_at,
    model_id,
    event,
    shutdown_date,
    was_listed,
    is_listed,
from openai_events
inner join states using (model_id)
where event_at > $since_at and event_at <= $snapshot_at
order by event_at desc, event, model_id
