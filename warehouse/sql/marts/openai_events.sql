-- What happened in the OpenAI listing: arrivals, removals, returns, and announced shutdowns. The first snapshot's models did not arrive then.
-- grain: event_at, model_id, event
with stays as (
    select
        *,
        lag(listed_until) over history as left_at,
        lag(shutdown_date) over history as previous_shutdown_date,
    from openai_stays
    window history as (partition by model_id order by listed_from)
),

beginning as (
    select min(snapshot_at) as first_snapshot_at
    from series_snapshots
    where listing = 'openai_models'
)

select
    listed_from as event_at,
    model_id,
    case
        when left_at is null then 'arrived'
        when left_at < listed_from then 'returned'
        when previous_shutdown_date is null then 'shutdown_announced'
        else 'shutdown_changed'
    end as event,
    shutdown_date,
from stays
cross join beginning
where
    listed_from > first_snapshot_at
    and (left_at is null or left_at < listed_from or shutdown_date is distinct from previous_shutdown_date)
union all
select
    listed_until,
    model_id,
    'removed',
    shutdown_date,
from openai_stays
where is_removed
