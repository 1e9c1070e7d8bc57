-- What each series lists after these snapshots: the descriptions that the next snapshot's changes build on.
-- grain: kind, coverage, repository_key
-- per: snapshot
-- stored: no
select attribute_versions.* exclude (version_id, to_ordinal, is_continued),
from attribute_versions
inner join series_steps using (kind, coverage)
where attribute_versions.to_ordinal = series_steps.end_ordinal
union all by name
select carried_attributes.*,
from carried_attributes
anti join series_steps using (kind, coverage)
