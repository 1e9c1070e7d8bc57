-- Published scores of open-weight and closed models on the one benchmark that most models of both sides report, as the
-- catalogue stood at the snapshot; `is_best` marks a score above all earlier ones of its side.
-- grain: side, name
with standing as (
    from catalogue_stays
    where valid_from <= $snapshot_at and (valid_to is null or valid_to > $snapshot_at)
),

models as (
    select *
    from catalogue_models
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by model_key order by snapshot_at desc) = 1
),

published as (
    select
        if(models.is_open_weights, 'open', 'closed') as side,
        model_key as model,
        models.name,
        models.release_date,
        unnest(cast(json_extract(standing.benchmarks, '$[*]') as json[])) as result,
    from standing
    inner join models using (model_key)
    where
        standing.benchmarks is not null and models.is_open_weights is not null
        and models.release_date <= $snapshot_at and models.release_precision = 'day'
),

scores as (
    select
        side,
        model,
        result ->> '$.name' as benchmark,
        result ->> '$.metric' as metric,
        any_value(name) as name,
        min(release_date) as release_date,
        max(try_cast(result ->> '$.score' as double)) as score,
    from published
    group by all
    having score is not null
),

counted as (
    select
        benchmark,
        metric,
        least(count(*) filter (side = 'open'), count(*) filter (side = 'closed')) as fewer_count,
        count(*) as model_count,
    from scores
    group by all
),

chosen as (
    select benchmark, metric
    from counted
    where fewer_count > 0
    order by fewer_count desc, model_count desc, benchmark
    limit 1
)

select
    side,
    name,
    release_date,
    score,
    benchmark,
    metric,
    coalesce(
        score > max(score) over (
            partition by side order by release_date, score rows between unbounded preceding and 1 preceding
        ),
        true
    ) as is_best,
from scores
semi join chosen using (benchmark, metric)
order by side, release_date, score
