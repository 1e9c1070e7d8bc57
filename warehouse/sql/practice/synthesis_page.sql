-- Languages by the models that declare them, without English, the most first.
-- grain: answer
select language_coverage.language_id as answer, label_en, label_zh, repository_count as value
from language_coverage
left join languages using (language_id)
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and language_id not in ('en', 'undeclared', 'multilingual', 'other')
order by value desc, answer
