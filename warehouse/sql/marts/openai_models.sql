-- Every model the OpenAI listing ever showed: when it was seen, and whether it is gone.
-- grain: model_id
with histories as (
    select
        model_id,
        max(created_at) as created_at,  -- the listing has not always stated it
        arg_max(owned_by, listed_from) as owned_by,
        min(listed_from) as first_seen_at,
        max(last_listed_at) as last_seen_at,
        max(listed_from) as listed_from,
        cast(sum(snapshot_count) as bigint) as snapshot_count,
    from openai_stays
    group by all
)

select
    histories.model_id,
    openai_family_of(histories.model_id) as family_id,
    histories.created_at,
    histories.owned_by,
    histories.first_seen_at,
    histories.last_seen_at,
    last_stays.listed_until as removed_at,
    last_stays.shutdown_date,
    last_stays.listed_until is null as is_listed,
    histories.snapshot_count,
from histories
inner join openai_stays as last_stays using (model_id, listed_from)
