-- A series as it stood at a moment: one row per key listed then, with the attributes and counters it had.
-- Reads the views that Lake.attach makes (series_attributes, series_metrics, series_departures).
-- Parameter: $moment.
-- grain: state_key
with newest as (
    select state_key, max(snapshot_at) as snapshot_at
    from series_attributes
    where snapshot_at <= $moment
    group by state_key
),
gone as (
    select state_key, max(snapshot_at) as gone_at
    from series_departures
    where snapshot_at <= $moment
    group by state_key
),
present as (
    select newest.*
    from newest
    left join gone using (state_key)
    where gone.gone_at is null or gone.gone_at < newest.snapshot_at
),
newest_metrics as (
    select state_key, max(snapshot_at) as snapshot_at
    from series_metrics
    where snapshot_at <= $moment
    group by state_key
)
select attributes.*, series_metrics.* exclude (state_key, snapshot_at)
from series_attributes as attributes
inner join present using (state_key, snapshot_at)
left join newest_metrics using (state_key)
left join series_metrics
    on series_metrics.state_key = newest_metrics.state_key and series_metrics.snapshot_at = newest_metrics.snapshot_at
