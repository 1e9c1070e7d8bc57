-- Base models by the derivatives that name them, the most first.
-- grain: answer
select base_id as answer, cast(sum(derivative_count) as bigint) as value
from lineage_bases
where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
group by all
order by value desc, answer
