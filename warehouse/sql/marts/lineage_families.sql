-- How many derivatives each family has, by the relation they state and their month of creation.
-- A model with several bases (a merge) counts once, in the family of the first base that has one.
-- grain: kind, coverage, snapshot_at, family_id, relation, created_month (nullable)
-- per: snapshot
-- order: created_month
select
    kind,
    coverage,
    snapshot_at,
    coalesce(family_id, 'other') as family_id,
    coalesce(base_relation, 'unstated') as relation,
    created_month,
    count(*) as derivative_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
from repository_snapshots
where kind = 'model' and len(base_models) > 0
group by all
