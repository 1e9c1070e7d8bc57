-- Share of the downloads of 30 days that goes to repositories of a kind under a permissive licence.
-- grain: one row
select sum(downloads_30d) filter (where licence_class = 'permissive') / sum(downloads_30d) as answer
from licence_mix
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
