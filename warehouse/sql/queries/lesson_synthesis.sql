-- What the answers to the frequent questions are filled with: one row.
-- grain: one row
with now as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

licences as (
    select
        sum(repository_count) filter (licence_class in ('permissive', 'copyleft', 'public_domain'))::double as open_source,
        sum(repository_count) filter (licence_class in ('undeclared', 'unknown'))::double as undeclared,
        sum(repository_count)::double as total,
    from licence_mix
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

spread as (
    select *
    from concentration
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and measure = 'downloads_30d'
),

speed as (
    select
        arg_max(median_days_to_first_derivative, base_created_quarter) as newest_days,
        arg_min(median_days_to_first_derivative, base_created_quarter) as oldest_days,
    from lineage_speed
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        -- A base of the last half year may still find its first derivative: only settled quarters count.
        and base_count >= 5 and base_created_quarter < $snapshot_at::timestamp - interval 9 month
),

listing as (
    select
        count(*) filter (first_seen_at <= $snapshot_at and (removed_at is null or removed_at > $snapshot_at)) as openai_count,
        count(*) filter (removed_at <= $snapshot_at) as openai_removed_count,
        min(first_seen_at) as openai_since_at,
    from openai_models
)

select
    now.repository_count,
    licences.open_source / licences.total as open_source_share,
    licences.undeclared / licences.total as undeclared_share,
    spread.top_1pct_share,
    ceil(spread.repository_count / 100) as top_1pct_count,
    spread.zero_count / spread.repository_count as zero_share,
    now.base_declared_count / now.repository_count as base_share,
    now.base_declared_count as base_count,
    speed.oldest_days,
    speed.newest_days,
    now.card_count / now.repository_count as card_share,
    now.gated_count / now.repository_count as gated_share,
    now.author_count,
    listing.openai_count,
    listing.openai_removed_count,
    listing.openai_since_at,
from now
left join licences on true
left join spread on true
left join speed on true
left join listing on true
