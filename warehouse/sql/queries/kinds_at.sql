-- How many repositories of each kind there are, each kind at its own newest snapshot by then; three populations, never added up.
-- grain: kind
select kind, repository_count, snapshot_at,
from population
where coverage = $coverage and snapshot_at <= $snapshot_at
qualify row_number() over (partition by kind order by snapshot_at desc) = 1
order by list_position(['model', 'dataset', 'space'], kind)
