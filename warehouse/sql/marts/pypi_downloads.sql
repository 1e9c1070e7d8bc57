-- Downloads of the ecosystem's Python libraries a day (mirrors left out), as each snapshot that brought news had them. The source
-- keeps 180 days: a day that left it has not changed, so departures are passed over. The newest version of a day counts.
-- grain: package, download_date, snapshot_at
select
    download_key,
    snapshot_at,
    is_departure,
    package,
    download_date,
    download_count,
from lake_pypi_downloads
where not is_departure
