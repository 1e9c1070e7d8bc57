-- Claims of one topic on how many there are, recomputed under each definition; a claim that no listing can answer has none.
-- Unknown where only a list of every repository can tell.
-- grain: claim_id, definition_id
with near_new_year as (
    select repository_count,
    from snapshots
    where
        kind = 'model' and coverage = $coverage and is_whole and snapshot_at <= $snapshot_at
        and snapshot_at between '2025-12-01' and '2026-01-31'
    order by abs(date_diff('hour', snapshot_at, timestamp '2026-01-01'))
    limit 1
),

whole as (
    from snapshots
    where is_whole and coverage = $coverage and snapshot_at = $snapshot_at
),

created as (
    select
        sum(survivor_count) filter (created_month < '2026-01-01') as until_2025,
        coalesce(sum(survivor_count) filter (created_month < '2022-03-01'), 0) as before_march_2022,
        coalesce(sum(survivor_count) filter (created_month <= '2022-03-01'), 0) as until_march_2022,
    from growth
    semi join whole using (kind, coverage, snapshot_at)
    where kind = 'model'
    having count(created_month) > 0
),

totals as (
    select *
    from population
    semi join whole using (kind, coverage, snapshot_at)
),

leaders as (
    select *
    from downloads_top
    where kind = 'model' and coverage = $coverage and coverage != 'newest' and snapshot_at = $snapshot_at
),

measures as materialized (
    select 'models_listed_end_2025' as definition_id, repository_count as value from near_new_year
    union all
    select 'models_created_until_2025', until_2025 from created where $snapshot_at >= '2026-01-01'
    union all
    select 'models_dated_early_2022', before_march_2022 from created
    union all
    select 'models_until_march_2022', until_march_2022 from created
    union all
    select 'datasets_listed', repository_count from totals where kind = 'dataset'
    union all
    select 'downloads_30d', downloads_30d from totals where kind = 'model'
    union all
    select 'downloads_all_time', downloads_all_time from totals where kind = 'model'
    union all
    select 'downloads_per_day', downloads_30d / 30 from totals where kind = 'model'
    union all
    select 'nsfw_30d', downloads_30d from leaders where id = 'Falconsai/nsfw_image_detection'
    union all
    select 'leader_30d', downloads_30d from leaders where rank = 1
)

select
    claim_id,
    definition_id,
    is_own,
    unit,
    bound,
    published_value,
    tolerance,
    measures.value::double as numerator,
    null::double as denominator,
    measures.value::double as value,
from claims
left join claim_definitions using (claim_id)
left join measures using (definition_id)
where topic = $topic
order by claims.rowid, claim_definitions.rowid
