-- The cheapest model that reaches a score, over time: of the models released by each day that some provider prices and that publish
-- at least $score on $benchmark, the lowest price per million tokens (a quarter of them answers), open weights and closed apart. Prices as
-- the catalogue stood at the moment, scores as their makers publish them: nothing here is measured by us.
-- grain: side, name
with standing as (
    select *
    from catalogue_changes
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by entry_key order by snapshot_at desc) = 1 and not is_departure
),

models as (
    select *
    from catalogue_models
    where snapshot_at <= $snapshot_at and provider_count > 0
    qualify row_number() over (partition by model_key order by snapshot_at desc) = 1
),

prices as (
    select model_key, min(input_usd_per_mtok * 0.75 + output_usd_per_mtok * 0.25) as blended_usd_per_mtok
    from standing
    where input_usd_per_mtok > 0 and output_usd_per_mtok > 0
    group by all
),

published as (
    select model_key, unnest(cast(json_extract(benchmarks, '$[*]') as json[])) as result
    from standing
    where benchmarks is not null
),

scores as (
    select model_key, max(try_cast(result ->> '$.score' as double)) as score
    from published
    where result ->> '$.name' = $benchmark
    group by all
),

reached as (
    select
        if(models.is_open_weights, 'open', 'closed') as side,
        models.name,
        models.release_date,
        scores.score,
        prices.blended_usd_per_mtok,
        min(prices.blended_usd_per_mtok) over (
            partition by models.is_open_weights
            order by models.release_date, prices.blended_usd_per_mtok
            rows between unbounded preceding and current row
        ) as cheapest_usd_per_mtok,
    from scores
    inner join models using (model_key)
    inner join prices using (model_key)
    where
        scores.score >= $score and models.is_open_weights is not null
        and models.release_date <= $snapshot_at and models.release_precision = 'day'
)

select *, blended_usd_per_mtok = cheapest_usd_per_mtok as is_cheapest
from reached
order by side, release_date, blended_usd_per_mtok, name
