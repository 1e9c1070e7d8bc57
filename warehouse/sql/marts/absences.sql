-- When a repository was not listed any more by a series that had listed it, until it came back (absent_to) or for good (null).
-- Only in a whole listing (`full`) does an absence mean that the repository was removed or made private.
-- grain: kind, coverage, repository_key, absent_from
select
    kind,
    coverage,
    repository_key,
    id,
    created_at,
    cast(date_trunc('month', created_at) as date) as created_month,
    is_on_or_before,
    first_seen_at,
    absent_from,
    absent_to,
from next_absences
