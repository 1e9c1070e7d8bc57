-- What the answers to the frequent questions are filled with: one row.
-- grain: one row
with now as (
    select *
    from population
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

licences as (
    select
        coalesce(sum(repository_count) filter (licence_class in ('permissive', 'copyleft', 'public_domain')), 0)::double as open_source,
        coalesce(sum(repository_count) filter (licence_class = 'undeclared'), 0)::double as undeclared,
        nullif(sum(repository_count), 0)::double as total,
    from licence_mix
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and licence_class != 'unknown'
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
        nullif(count(*) filter (first_seen_at <= $snapshot_at and (removed_at is null or removed_at > $snapshot_at)), 0) as openai_count,
        -- Who looked once has seen nobody go.
        if((select count(*) from openai_listing where snapshot_at <= $snapshot_at) > 1, count(*) filter (removed_at <= $snapshot_at), null)
            as openai_removed_count,
        min(first_seen_at) filter (first_seen_at <= $snapshot_at) as openai_since_at,
    from openai_models
)

select
    now.repository_count,
    licences.open_source / licences.total as open_source_share,
    licences.undeclared / licences.total as undeclared_share,
    spread.top_1pct_share,
    ceil(spread.repository_count / 100) as top_1pct_count,
    spread.zero_count / spread.repository_count as zero_share,
    now.base_declared_count / nullif(now.base_known_count, 0) as base_share,
    if(now.base_known_count > 0, now.base_declared_count, null) as base_count,
    speed.oldest_days,
    speed.newest_days,
    now.card_count / nullif(now.card_known_count, 0) as card_share,
    now.gated_count / nullif(now.gate_known_count, 0) as gated_share,
    now.author_count,
    listing.openai_count,
    listing.openai_removed_count,
    listing.openai_since_at,
from now
left join licences on true
left join spread on true
left join speed on true
left join listing on true
