-- OpenAI's models that ended, by quarter up to a moment: as documents tell of a shutdown, and as we saw one leave its list. The same
-- model may be in both: the two are never added up.
-- grain: quarter, basis
with ended as (
    select model_id, 'documents' as basis, shutdown_date as ended_date
    from openai_releases
    where shutdown_date <= cast($snapshot_at as date)
    union all
    select model_id, 'seen', cast(removed_at as date)
    from openai_models
    where removed_at <= $snapshot_at
)

select
    cast(date_trunc('quarter', ended_date) as date) as quarter,
    basis,
    count(*) as model_count,
    string_agg(model_id, ', ' order by model_id) as models,
from ended
group by all
order by quarter, basis
