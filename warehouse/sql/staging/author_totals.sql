-- What one author holds in a snapshot. Repositories without an author (the first models bore no owner) are left out.
-- grain: kind, coverage, snapshot_at, author
-- per: snapshot
select
    kind,
    coverage,
    snapshot_at,
    author,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    cast(sum(likes) as bigint) as likes,
from repository_snapshots
where author is not null
group by all
