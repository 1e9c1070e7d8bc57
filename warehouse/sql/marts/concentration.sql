-- How unequally a snapshot's downloads or likes are spread over the repositories whose value is known.
-- With x the n values in ascending order and S their sum:
--   gini = 2 * sum(i * x_i) / (n * S) - (n + 1) / n, i from 1; 0 when all are equal, (n - 1) / n when one has all
--   hhi = sum((x_i / S)^2), from 1 / n to 1
--   top_k_share = what the k largest hold of S; a percentage of n is rounded up to whole repositories
--   top_1pct_of_used_share = the same of the largest 1 % among those whose value is not 0
-- All null when S is 0: nothing is spread.
-- grain: kind, coverage, snapshot_at, measure
-- per: snapshot
with placed as (
    select
        value_counts.*,
        measure_totals.repository_count as n,
        measure_totals.total,
        value_counts.value / nullif(measure_totals.total, 0) as share,
        n - last_rank as larger_count,
        sum(value_counts.repository_count) filter (value > 0) over (
            partition by value_counts.kind, value_counts.coverage, value_counts.snapshot_at, value_counts.measure
        ) as used_count,
    from value_counts
    inner join measure_totals using (kind, coverage, snapshot_at, measure)
)

select
    kind,
    coverage,
    snapshot_at,
    measure,
    n as repository_count,
    cast(coalesce(sum(repository_count) filter (value = 0), 0) as bigint) as zero_count,
    cast(coalesce(sum(repository_count) filter (value < 200), 0) as bigint) as below_200_count,
    total,
    -- Equal values stand on consecutive ranks, whose mean is the middle of first and last.
    2 * sum(share * repository_count * (last_rank - repository_count + 1 + last_rank) / 2.0) / n - (n + 1) / n as gini,
    sum(repository_count * share * share) as hhi,
    sum(share * greatest(0, least(repository_count, cast(ceil(n * 0.01) as bigint) - larger_count))) as top_1pct_share,
    sum(share * greatest(0, least(repository_count, cast(ceil(n * 0.015) as bigint) - larger_count))) as top_1_5pct_share,
    sum(share * greatest(0, least(repository_count, cast(ceil(used_count * 0.01) as bigint) - larger_count))) as top_1pct_of_used_share,
    sum(share * greatest(0, least(repository_count, 50 - larger_count))) as top_50_share,
    sum(share * greatest(0, least(repository_count, 200 - larger_count))) as top_200_share,
from placed
group by kind, coverage, snapshot_at, measure, n, total
