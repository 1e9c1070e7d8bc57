-- How many repositories a snapshot holds, and how many of them declare each thing.
-- grain: kind, coverage, snapshot_at
-- per: snapshot
with authors as (
    select kind, coverage, snapshot_at, count(*) as author_count,
    from author_totals
    group by all
)

select
    kind,
    coverage,
    snapshot_at,
    count(*) as repository_count,
    coalesce(any_value(authors.author_count), 0) as author_count,
    count(*) filter (licence_id not in ('undeclared', 'unknown-to-listing')) as licence_declared_count,
    count(*) filter (licence_id = 'unknown-to-listing') as licence_unknown_count,
    count(*) filter (len(tasks) > 0) as task_declared_count,
    count(library) as library_declared_count,
    count(*) filter (len(languages) > 0) as language_declared_count,
    count(*) filter (len(base_models) > 0) as base_declared_count,
    -- A listing may tell of no base at all, as of no licence; so below.
    count(*) filter (licence_id != 'unknown-to-listing' or len(base_models) > 0) as base_known_count,
    count(languages) as language_known_count,
    count(parameters) as parameters_declared_count,
    count(*) filter (gated in ('auto', 'manual')) as gated_count,
    count(gated) as gate_known_count,
    count(*) filter (has_card) as card_count,
    count(has_card) as card_known_count,
    count(created_at) as created_known_count,
    count(downloads_30d) as downloads_known_count,
    count(*) filter (downloads_30d > 0) as downloads_positive_count,
    count(downloads_all_time) as downloads_all_time_known_count,
    cast(sum(downloads_30d) as bigint) as downloads_30d,
    cast(sum(downloads_all_time) as bigint) as downloads_all_time,
    cast(sum(likes) as bigint) as likes,
from repository_snapshots
left join authors using (kind, coverage, snapshot_at)
group by kind, coverage, snapshot_at
