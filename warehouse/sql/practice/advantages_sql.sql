-- Share of the models that say under which licence they stand, of which the licence forbids earning money with them.
-- grain: one row
select sum(repository_count) filter (where /* gap */ licence_class = 'noncommercial' /* end */) / sum(repository_count) as answer
from licence_mix
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
    and /* gap */ licence_class != 'undeclared' /* end */
