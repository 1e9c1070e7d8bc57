-- What share of 30-day downloads do the largest 1 % of models hold, snapshot by snapshot?
select snapshot_at, coverage, repository_count, round(top_1pct_share, 4) as top_1pct_share, round(gini, 4) as gini
from concentration
where kind = 'model' and measure = 'downloads_30d'
order by coverage, snapshot_at
