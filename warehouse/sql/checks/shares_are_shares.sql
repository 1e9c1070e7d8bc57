-- Shares and indices of concentration lie between 0 and 1, and wider tops hold more.
select
    kind,
    coverage,
    snapshot_at,
    measure,
    gini,
    hhi,
    top_1pct_share,
    top_1_5pct_share,
    top_50_share,
    top_200_share,
from concentration
semi join wanted using (kind, coverage, snapshot_at)
where
    not (gini between -1e-9 and 1)
    or not (hhi between 0 and 1 + 1e-9)
    or top_1pct_share > top_1_5pct_share + 1e-9
    or top_50_share > top_200_share + 1e-9
    or top_200_share > 1 + 1e-9
union all by name
select
    kind,
    coverage,
    snapshot_at,
    measure,
    value_share,
from lorenz
semi join wanted using (kind, coverage, snapshot_at)
where not (value_share between -1e-9 and 1 + 1e-9) or value_share > repository_share + 1e-9
