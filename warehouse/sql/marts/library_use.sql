-- How many repositories name each library as theirs. Spaces and most datasets name none.
-- grain: kind, coverage, snapshot_at, library_id
-- per: snapshot
-- order: repository_count desc
with use as (
    select
        kind,
        coverage,
        snapshot_at,
        coalesce(library, 'undeclared') as library_id,
        count(*) as repository_count,
        cast(sum(downloads_30d) as bigint) as downloads_30d,
        cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    from repository_snapshots
    group by all
)

select
    use.kind,
    use.coverage,
    use.snapshot_at,
    use.library_id,
    coalesce(libraries.label, use.library_id) as library_label,
    use.repository_count,
    use.downloads_30d,
    use.downloads_all_time,
from use
left join libraries using (library_id)
