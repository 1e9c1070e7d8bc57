-- The counters of what each series lists after these snapshots.
-- grain: kind, coverage, repository_key
-- per: snapshot
select metric_versions.* exclude (from_ordinal, to_ordinal, is_carried, previous_downloads, previous_downloads_all_time, previous_likes),
from metric_versions
semi join next_attributes using (kind, coverage, repository_key)
where metric_versions.to_ordinal = 2147483647
union all by name
select carried_metrics.*,
from carried_metrics
anti join series_steps using (kind, coverage)
