-- Repositories and downloads of each language at one snapshot, with the language's names.
-- grain: language_id
select
    language_coverage.language_id,
    languages.label_en,
    languages.label_zh,
    language_coverage.repository_count,
    language_coverage.downloads_30d,
    language_coverage.downloads_all_time,
from language_coverage
left join languages using (language_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by repository_count desc, language_id
