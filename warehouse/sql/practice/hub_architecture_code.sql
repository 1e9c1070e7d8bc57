-- How many models declare each field of their card, and the smallest of these as a share.
-- grain: one row
select
    repository_count as total,
    licence_declared_count as licence,
    task_declared_count as task,
    library_declared_count as library,
    language_declared_count as language,
    least(licence_declared_count, task_declared_count, library_declared_count, language_declared_count) / repository_count as answer,
from population
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and repository_count > 0 and language_known_count > 0 and licence_unknown_count < repository_count
