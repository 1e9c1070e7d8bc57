-- Downloads of each Python library in the 30 days up to the last one known at a moment, and in the same days a year before.
-- Unknown where one of the days is.
-- grain: package
with known as (
    select *
    from pypi_downloads
    where snapshot_at <= $snapshot_at
    qualify row_number() over (partition by package, download_date order by snapshot_at desc) = 1
),

aged as (
    select
        package,
        download_count,
        date_diff('day', download_date, max(download_date) over (partition by package)) as age,
    from known
)

select
    package,
    if(count(*) filter (age < 30) = 30, cast(sum(download_count) filter (age < 30) as bigint), null) as downloads_30d,
    if(
        count(*) filter (age between 364 and 393) = 30,
        cast(sum(download_count) filter (age between 364 and 393) as bigint),
        null
    ) as downloads_30d_year_before,
from aged
group by all
order by downloads_30d desc
