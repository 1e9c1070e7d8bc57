-- Models of the catalogue by month of release, open weights and closed apart. A model at several providers counts once, however
-- they spell its name; one whose release is still to come is not drawn.
-- grain: release_month, openness
with standing as (
    select *
    from catalogue_models
    where snapshot_at <= $as_of
    qualify row_number() over (partition by model_key order by snapshot_at desc) = 1
)

select
    cast(date_trunc('month', release_date) as date) as release_month,
    if(is_open_weights, 'open', 'closed') as openness,
    count(*) as model_count,
from standing
where
    provider_count > 0 and is_open_weights is not null
    and release_date <= cast($as_of as date) and release_precision != 'year'
group by all
order by release_month, openness
