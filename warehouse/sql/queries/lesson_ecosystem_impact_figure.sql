-- Derivatives of the six families that have most, by quarter of creation and relation; with the median days from a base of the
-- family to its first derivative (unknown where the Hub does not know when the base was made).
-- grain: family_id, quarter, relation
with derived as (
    select *
    from lineage_families
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and family_id != 'other' and created_month is not null
),

largest as (
    select family_id, sum(derivative_count) as total
    from derived
    group by all
    order by total desc, family_id
    limit 6
),

waits as (
    select family_id, median_days_to_first_derivative as median_days
    from family_bases
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
)

select
    derived.family_id,
    coalesce(any_value(model_families.label), derived.family_id) as family,
    any_value(largest.total)::bigint as family_total,
    any_value(waits.median_days) as median_days,
    date_trunc('quarter', derived.created_month) as quarter,
    derived.relation,
    cast(sum(derived.derivative_count) as bigint) as derivative_count,
from derived
inner join largest using (family_id)
left join model_families using (family_id)
left join waits using (family_id)
group by derived.family_id, quarter, derived.relation
order by family_total desc, derived.family_id, quarter, derived.relation
