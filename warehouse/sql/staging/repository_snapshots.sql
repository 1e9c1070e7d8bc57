-- One repository as one snapshot listed it: what per-snapshot marts are made from.
-- grain: kind, coverage, snapshot_at, repository_key
-- per: snapshot
-- stored: no
select
    steps.kind,
    steps.coverage,
    steps.snapshot_at,
    steps.previous_snapshot_at,
    steps.elapsed_days,
    described.repository_key,
    described.id,
    described.author,
    described.created_at,
    described.created_month,
    described.is_on_or_before,
    described.licence_id,
    described.licence_class,
    described.tasks,
    described.library,
    described.languages,
    described.base_relation,
    described.base_models,
    described.family_id,
    described.parameters,
    described.size_class,
    described.gated,
    described.has_card,
    described.linked_models,
    listing_facts.downloads_30d,
    listing_facts.downloads_all_time,
    listing_facts.likes,
    listing_facts.previous_downloads_30d,
    listing_facts.previous_downloads_all_time,
    listing_facts.previous_likes,
from listing_facts
inner join attribute_versions as described using (version_id)
inner join steps using (step_id)
