-- Models of the catalogue by month of release, open weights and closed apart. A model at several providers counts once.
with standing as (
    select *
    from catalogue_changes
    where snapshot_at <= $as_of
    qualify row_number() over (partition by entry_key order by snapshot_at desc) = 1 and not is_departure
),

released as (
    select
        name,
        if(bool_or(is_open_weights), 'open', 'closed') as openness,
        cast(date_trunc('month', min(release_date)) as date) as release_month,
    from standing
    where release_date is not null and release_precision != 'year' and is_open_weights is not null
    group by name
)

select
    release_month,
    openness,
    count(*) as model_count,
from released
group by all
order by release_month, openness
