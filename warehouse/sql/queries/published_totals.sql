-- Totals of the Hub as others published them, and those that it counted itself when we asked: of each month the last, and none of a
-- simulated Hub, which is not this one.
-- grain: kind, total_date, source, bound
with counted as (
    select
        kind,
        cast(asked_at as date) as total_date,
        repository_count,
        'census' as bound,
        'numTotalItems' as source,
    from census
    where facet = 'whole' and doubt is null and snapshot_at <= $as_of and not $is_simulated
    qualify row_number() over (partition by kind, date_trunc('month', asked_at) order by asked_at desc) = 1
)

from hub_totals
union all by name
from counted
order by total_date, kind
