-- Every model OpenAI's list had shown by then: first and last seen, and whether it was gone or its shutdown announced.
-- grain: model_id
with stays as (
    select
        model_id,
        max(created_at) as created_at,
        min(snapshot_at) filter (not is_departure) as first_seen_at,
        arg_max(snapshot_at, snapshot_at) filter (is_departure) as left_at,
        arg_max(is_departure, snapshot_at) as is_removed,
        arg_max_null(shutdown_date, snapshot_at) filter (not is_departure) as shutdown_date,
    from openai_changes
    where snapshot_at <= $as_of
    group by all
),

seen as (
    select
        stays.*,
        max(openai_listing.snapshot_at) as last_seen_at,
    from stays
    inner join openai_listing
        on openai_listing.snapshot_at <= $as_of
        and (not stays.is_removed or openai_listing.snapshot_at < stays.left_at)
    group by all
)

select
    seen.model_id,
    openai_models.family_id,
    case when seen.is_removed then 'removed' when seen.shutdown_date is not null then 'announced' else 'listed' end as state,
    seen.created_at,
    seen.first_seen_at,
    seen.last_seen_at,
    if(seen.is_removed, seen.left_at, null) as removed_at,
    seen.shutdown_date,
from seen
inner join openai_models using (model_id)
order by coalesce(seen.created_at, seen.first_seen_at) desc, seen.model_id
