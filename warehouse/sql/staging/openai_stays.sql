-- An uninterrupted time in which the OpenAI listing showed a model with the same entry.
-- grain: model_id, listed_from
with changes as (
    select
        *,
        lead(snapshot_at) over history as next_at,
        coalesce(lead(is_departure) over history, false) as is_removed,
    from openai_changes
    window history as (partition by model_id order by snapshot_at)
)

select
    changes.model_id,
    changes.created_at,
    changes.owned_by,
    changes.shutdown_date,
    changes.snapshot_at as listed_from,
    changes.next_at as listed_until,
    changes.is_removed,
    count(*) as snapshot_count,
    max(series_snapshots.snapshot_at) as last_listed_at,
from changes
inner join series_snapshots
    on series_snapshots.listing = 'openai_models'
    and series_snapshots.snapshot_at >= changes.snapshot_at
    and (changes.next_at is null or series_snapshots.snapshot_at < changes.next_at)
where not changes.is_departure
group by all
