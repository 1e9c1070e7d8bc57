select *
from benchmark_scores
order by benchmark, metric, release_date, score desc
