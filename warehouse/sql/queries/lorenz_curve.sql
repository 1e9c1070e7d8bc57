-- The Lorenz curve of one measure at one snapshot, from the least to the most used repository.
-- grain: repository_share
select
    repository_share,
    value_share,
from lorenz
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and measure = $measure
order by repository_share
