-- How many repositories a series listed in the snapshot before and lists no more; without a row, none. Counted from the lake's rows: a
-- manifest counts against what stood before when it was written, and a late snapshot changes that.
-- grain: kind, coverage, snapshot_at
-- per: snapshot
select
    kind,
    coverage,
    steps.snapshot_at,
    count(*) as left_count,
from listing_departures
inner join steps using (kind, coverage, ordinal)
where not listing_departures.is_passing and steps.is_wanted
group by all
