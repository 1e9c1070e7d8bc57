-- One model of a `GET /v1/models` answer, cleaned. Private fine-tunes (`ft:…`) go no further than here.
-- Variables: pages (files), snapshot_at.
-- fingerprint: created_at, owned_by, shutdown_date
with records as (
    select unnest(data) as record
    from read_json(getvariable('pages'), format = 'unstructured', records = true, hive_partitioning = false, columns = {'data': 'json[]'})
),
typed as (
    select
        cleaned(record ->> '$.id', 300) as model_id,
        plausible(make_timestamp(try_cast(record ->> '$.created' as bigint) * 1000000), getvariable('snapshot_at')) as created_at,
        cleaned(record ->> '$.owned_by', 200) as owned_by,
        try_cast(left(record ->> '$.shutdown_date', 10) as date) as stated_shutdown_date,
        case
            when stated_shutdown_date between date '2016-01-01' and date '2099-12-31' then stated_shutdown_date
        end as shutdown_date,
        record
    from records
)
select
    * exclude (record, stated_shutdown_date),
    case
        when starts_with(model_id, 'ft:') or contains(model_id, ':ft-') then 'private fine-tune, never kept'
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when model_id is null then 'no id'
    end as rejected_because,
    nullif(concat_ws(
        '; ',
        case when created_at is null and json_type(record -> '$.created') <> 'NULL' then 'created is no plausible date, dropped' end,
        case
            when shutdown_date is null and json_type(record -> '$.shutdown_date') <> 'NULL'
                then 'shutdown_date is no plausible date, dropped'
        end,
        case when has_marks(record ->> '$.id') then 'control characters or direction marks removed' end
    ), '') as odd_because,
    coalesce(model_id, left(without_marks(record::varchar), 60)) as example
from typed
