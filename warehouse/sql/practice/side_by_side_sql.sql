-- Open-weight models whose best published score is above that of the median closed model, on the benchmark with most scores.
-- grain: one row
with usual as (
    select benchmark
    from benchmark_scores
    group by all
    order by count(*) desc, benchmark
    limit 1
),

scores as (
    select name, is_open_weights, max(score) as score
    from benchmark_scores
    semi join usual using (benchmark)
    where release_date <= $snapshot_at
    group by all
),

closed as (
    select median(score) as score
    from scores
    where /* gap */ not is_open_weights /* end */
)

select (select benchmark from usual) as benchmark, count(*) as answer
from scores
cross join closed
where is_open_weights and /* gap */ scores.score > closed.score /* end */
