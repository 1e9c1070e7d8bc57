-- Licences that the models of the BERT family bear, besides none.
-- grain: one row
select /* gap */ count(distinct licence_id) /* end */ as answer
from family_licences
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and family_id = 'bert' and /* gap */ licence_id != 'undeclared' /* end */
