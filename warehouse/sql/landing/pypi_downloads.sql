-- One day of one package of a pypistats answer (`/api/packages/<package>/overall`). Variables: pages (files), snapshot_at.
-- fingerprint: download_count
with answers as (
    select
        cleaned(package, 100) as package,
        unnest(data) as record,
    from read_json(
        getvariable('pages'), format = 'unstructured', records = true, hive_partitioning = false, columns = {'package': 'varchar', 'data': 'json[]'}
    )
),
typed as (
    select
        package,
        cast(
            plausible(try_cast(left(record ->> '$.date', 10) as timestamp), getvariable('snapshot_at')) as date
        ) as download_date,
        count_of(record ->> '$.downloads') as download_count,
        package || '/' || download_date as download_key,
        record
    from answers
    -- Mirrors are machines that copy all of PyPI.
    where record ->> '$.category' is distinct from 'with_mirrors'
)
select
    * exclude (record),
    case
        when record ->> '$.error' is not null then 'no such package'
        when json_type(record) is distinct from 'OBJECT' then 'not an object'
        when download_key is null then 'no plausible date'
        when download_count is null then 'downloads is no count'
    end as rejected_because,
    null::varchar as odd_because,
    coalesce(download_key, package) as example
from typed
