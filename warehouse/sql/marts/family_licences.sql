-- The models of each family by licence: how many, how much downloaded, what else they declare, and from when they are.
-- grain: kind, coverage, snapshot_at, family_id, licence_id, licence_class
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    coalesce(family_id, 'other') as family_id,
    licence_id,
    licence_class,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    count(*) filter (len(base_models) > 0) as base_declared_count,
    count(*) filter (len(tasks) > 0) as task_declared_count,
    count(*) filter (has_card) as card_count,
    count(has_card) as card_known_count,  -- a listing may tell of no card at all
    count(*) filter (gated in ('auto', 'manual')) as gated_count,
    count(gated) as gate_known_count,
    min(created_at) as first_created_at,
    max(created_at) as last_created_at,
    count(*) filter (is_on_or_before) as on_or_before_count,
from repository_snapshots
where kind = 'model'
group by all
