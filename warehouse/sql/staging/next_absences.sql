-- All absences after these snapshots: those known before, ended where the repository came back, and new ones.
-- grain: kind, coverage, repository_key, absent_from
-- per: snapshot
with returns as (
    select listing_events.kind, listing_events.coverage, listing_events.repository_key, steps.snapshot_at,
    from listing_events
    inner join steps using (kind, coverage, ordinal)
    where listing_events.is_listed and listing_events.was_listed is null
)

select
    carried_absences.* replace (coalesce(carried_absences.absent_to, returns.snapshot_at) as absent_to),
from carried_absences
left join returns using (kind, coverage, repository_key)
union all by name
select
    departed.kind,
    departed.coverage,
    departed.repository_key,
    described.id,
    described.created_at,
    described.is_on_or_before,
    described.first_seen_at,
    left_step.snapshot_at as absent_from,
    return_step.snapshot_at as absent_to,
from listing_events as departed
inner join attribute_versions as described
    on departed.kind = described.kind
    and departed.coverage = described.coverage
    and departed.repository_key = described.repository_key
    and departed.ordinal = described.to_ordinal
inner join steps as left_step
    on departed.kind = left_step.kind and departed.coverage = left_step.coverage and departed.ordinal = left_step.ordinal
left join steps as return_step
    on departed.kind = return_step.kind and departed.coverage = return_step.coverage and departed.next_ordinal = return_step.ordinal
where not departed.is_listed
