-- How many repositories name each language; one that names several counts in each.
-- grain: kind, coverage, snapshot_at, language_id
-- per: snapshot
-- order: repository_count desc
with named as (
    select
        kind,
        coverage,
        snapshot_at,
        unnest(if(len(languages) > 0, languages, ['undeclared'])) as language_id,
        downloads_30d,
        downloads_all_time,
    from repository_snapshots
)

select
    kind,
    coverage,
    snapshot_at,
    language_id,
    count(*) as repository_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
from named
group by all
