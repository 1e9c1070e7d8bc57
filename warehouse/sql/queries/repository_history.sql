-- The counters of a few repositories at every snapshot that listed them, under their newest name.
-- A counter stands until it changes; while a repository is not listed there is no row.
-- grain: repository_key, snapshot_at
with chosen as (
    select kind, coverage, repository_key, id, series_first_seen_at as first_seen_at,
    from listed_repositories
    where kind = $kind and coverage = $coverage and (list_contains($ids, id) or list_contains($ids, repository_key))
    union all
    select kind, coverage, repository_key, id, first_seen_at,
    from absences
    where absent_to is null and kind = $kind and coverage = $coverage and (list_contains($ids, id) or list_contains($ids, repository_key))
),

listed as (
    select
        chosen.*,
        snapshots.snapshot_at,
        snapshots.is_after_gap,
    from chosen
    inner join snapshots using (kind, coverage)
    anti join absences
        on chosen.kind = absences.kind
        and chosen.coverage = absences.coverage
        and chosen.repository_key = absences.repository_key
        and snapshots.snapshot_at >= absences.absent_from
        and (absences.absent_to is null or snapshots.snapshot_at < absences.absent_to)
    where snapshots.snapshot_at >= chosen.first_seen_at and snapshots.snapshot_at <= $snapshot_at
),

changes as (
    select history.* exclude (id),
    from history
    semi join chosen using (kind, coverage, repository_key)
)

select
    listed.kind,
    listed.coverage,
    listed.repository_key,
    listed.id,
    listed.snapshot_at,
    listed.is_after_gap,
    changes.snapshot_at as counted_at,
    changes.downloads as downloads_30d,
    changes.downloads_all_time,
    changes.likes,
    changes.trending_score,
from listed
asof left join changes
    on listed.kind = changes.kind
    and listed.coverage = changes.coverage
    and listed.repository_key = changes.repository_key
    and listed.snapshot_at >= changes.snapshot_at
order by listed.id, listed.snapshot_at
