-- Downloads a week of each Python library, mirrors left out, as known at a moment; a week counts once it is whole.
-- grain: package, week
with known as (
    select *
    from pypi_downloads
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by package, download_date order by snapshot_at desc) = 1
)

select
    package,
    date_trunc('week', download_date) as week,
    cast(sum(download_count) as bigint) as download_count,
from known
group by all
having count(*) = 7
order by package, week
