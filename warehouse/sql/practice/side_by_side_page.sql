-- How many times as often the one client was downloaded from PyPI as the other, in the last week known whole of both.
-- grain: one row
with known as (
    select *
    from pypi_downloads
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by package, download_date order by snapshot_at desc) = 1
),

weeks as (
    select package, date_trunc('week', download_date) as week, sum(download_count) as download_count
    from known
    where package in ('openai', 'transformers')
    group by all
    having count(*) = 7
)

select one.week as week_date, one.download_count / other.download_count as answer
from weeks as one
inner join weeks as other using (week)
where one.package = 'openai' and other.package = 'transformers' and other.download_count > 0
order by week_date desc
limit 1
