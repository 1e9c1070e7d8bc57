select *
from lorenz
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
order by measure, repository_share
