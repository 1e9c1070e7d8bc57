-- All absences after these snapshots: those known before, ended where the repository came back, and new ones.
-- grain: kind, coverage, repository_key, absent_from
-- per: snapshot
-- stored: no
with returns as (
    select kind, coverage, repository_key, shown_at,
    from listing_events
    where is_listed and was_listed is null
)

select
    carried_absences.* replace (coalesce(carried_absences.absent_to, returns.shown_at) as absent_to),
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
    departed.shown_at as absent_from,
    departed.next_shown_at as absent_to,
from listing_events as departed
inner join attribute_versions as described
    on departed.kind = described.kind
    and departed.coverage = described.coverage
    and departed.repository_key = described.repository_key
    and departed.ordinal = described.to_ordinal
where not departed.is_listed
-- Two descriptions end at one departure where a late snapshot lies between a pruned one and its successor: the late one is believed.
qualify row_number() over (
    partition by departed.kind, departed.coverage, departed.repository_key, departed.ordinal
    order by described.attributes_at
) = 1
