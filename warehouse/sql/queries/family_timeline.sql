-- One family's derivatives by relation and month of creation, in one snapshot.
select *
from lineage_families
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family_id
order by created_month, relation
