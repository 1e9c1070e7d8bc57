-- Models that state more parameters than their own files could hold, or than any model has: named, and in no figure.
-- grain: repository_key
select repository_key, id, stated_parameters, size_bytes
from listed_repositories
where
    kind = 'model' and coverage = $coverage and first_seen_at <= $snapshot_at
    and stated_parameters is not null and parameters is null
order by stated_parameters desc, id
