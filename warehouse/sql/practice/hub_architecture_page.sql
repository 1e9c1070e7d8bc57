-- Libraries by what their models were downloaded in 30 days, the first one first.
-- grain: answer
select library_label as answer, downloads_30d as value
from library_use
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and library_id != 'undeclared' and downloads_30d > 0
order by value desc, answer
