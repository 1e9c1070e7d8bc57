-- When a repository began to state another licence than at the snapshot before, while its series listed it.
-- grain: kind, coverage, snapshot_at, repository_key
-- per: snapshot
with ended as materialized (
    select
        kind,
        coverage,
        repository_key,
        to_ordinal,
        licence_id,
    from attribute_versions
    inner join series_steps using (kind, coverage)
    where to_ordinal < end_ordinal
)

select
    later.kind,
    later.coverage,
    steps.snapshot_at,
    later.repository_key,
    later.id,
    coalesce(later.family_id, 'other') as family_id,
    ended.licence_id as previous_licence_id,
    later.licence_id,
from attribute_versions as later
inner join ended
    on later.kind = ended.kind
    and later.coverage = ended.coverage
    and later.repository_key = ended.repository_key
    and later.ordinal = ended.to_ordinal  -- else it was not listed in between
    and later.licence_id != ended.licence_id
inner join steps
    on later.kind = steps.kind and later.coverage = steps.coverage and later.ordinal = steps.ordinal
where
    steps.is_wanted
    and 'unknown-to-listing' not in (later.licence_id, ended.licence_id)  -- which says nothing of a change
