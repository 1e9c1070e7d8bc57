-- What the manifest says of a kept snapshot against the kept one before.
-- grain: until_at
select
    stretches.until_at,
    stretches.since_at as previous_snapshot_at,
    count(*) filter (is_listed and not was_listed) as added_count,
    count(*) filter (is_listed and was_listed and has_new_attributes) as changed_count,
    count(*) filter (is_listed and was_listed and has_new_metrics) as metrics_changed_count,
    count(*) filter (was_listed and not is_listed) as left_count,
from (select distinct since_at, until_at from pruning) as stretches
left join net using (until_at)
group by all
