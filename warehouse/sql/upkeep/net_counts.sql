-- What the manifest says of a kept snapshot against the kept one before.
-- grain: until_at
select
    until_at,
    count(*) filter (is_listed and not was_listed) as added_count,
    count(*) filter (is_listed and was_listed and has_new_attributes) as changed_count,
    count(*) filter (is_listed and was_listed and has_new_metrics) as metrics_changed_count,
    count(*) filter (was_listed and not is_listed) as left_count,
from net
group by all
