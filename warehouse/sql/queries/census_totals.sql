-- How many models and data sets the Hub itself counted at each census up to a moment, those in doubt left out.
-- grain: kind, snapshot_at
select
    kind,
    snapshot_at,
    asked_at,
    repository_count,
from census
where facet = 'whole' and doubt is null and snapshot_at <= $as_of
order by snapshot_at, kind desc
