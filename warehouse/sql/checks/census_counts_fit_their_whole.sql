-- A count of the Hub's own that is not in doubt is no more than its whole, and not less than half of what it was.
with placed as (
    select
        *,
        lag(repository_count) over (partition by kind, facet, value_id order by snapshot_at) as previous_count,
    from census
)

select kind, facet, value_id, snapshot_at, repository_count, whole_count, previous_count,
from placed
where
    doubt is null
    and (repository_count > whole_count * 1.02 or (previous_count >= 100 and repository_count * 2 < previous_count))
