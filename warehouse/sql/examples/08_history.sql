-- The counters of the most downloaded model at each snapshot where they changed (read from the lake itself).
select snapshot_at, coverage, id, downloads, downloads_all_time, likes
from history
where
    kind = 'model'
    and repository_key = (
        select repository_key
        from repositories
        where kind = 'model'
        order by downloads desc nulls last
        limit 1
    )
order by coverage, snapshot_at
