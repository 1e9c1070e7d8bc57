-- The record of one model family at a snapshot; what begins with all_ is the same measure of all models. One row, none when the
-- family has no models. A year before is the snapshot nearest to it within 45 days; without one, that is unknown.
-- grain: family
with earlier as (
    select snapshot_at
    from snapshots
    where
        kind = $kind and coverage = $coverage
        and abs(date_diff('day', snapshot_at, $snapshot_at::timestamp - interval 365 day)) <= 45
    order by abs(date_diff('day', snapshot_at, $snapshot_at::timestamp - interval 365 day))
    limit 1
),

before as materialized (
    select family_id, sum(downloads_30d) as downloads_30d
    from family_use
    where kind = $kind and coverage = $coverage and snapshot_at = (select earlier.snapshot_at from earlier)
    group by grouping sets ((family_id), ())
),

stated as (
    select *, licence_class not in ('undeclared', 'unknown') as is_licensed
    from family_licences
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at
),

counted as materialized (
    -- One row for each family, and one without family_id for all models.
    select
        family_id,
        sum(repository_count)::double as model_count,
        cast(sum(downloads_30d) as bigint) as downloads_30d,
        cast(sum(downloads_all_time) as bigint) as downloads_all_time,
        sum(downloads_30d) / model_count as downloads_each,
        count(distinct licence_id) filter (is_licensed) as licence_count,
        arg_max(licence_id, repository_count) filter (is_licensed) as main_licence_id,
        max(repository_count) filter (is_licensed) / model_count as main_licence_share,
        nullif(sum(repository_count) filter (licence_class != 'unknown'), 0) as licence_known_count,
        coalesce(sum(repository_count) filter (is_licensed), 0) / licence_known_count as licensed_share,
        coalesce(sum(repository_count) filter (licence_class = 'permissive'), 0) / licence_known_count as permissive_share,
        sum(task_declared_count) / model_count as task_share,
        sum(card_count) / nullif(sum(card_known_count), 0) as card_share,
        1 - sum(gated_count) / nullif(sum(gate_known_count), 0) as ungated_share,
        min(first_created_at) as first_created_at,
        max(last_created_at) as last_created_at,
        sum(on_or_before_count) > 0 as has_on_or_before,
    from stated
    group by grouping sets ((family_id), ())
),

grown as materialized (
    select
        counted.*,
        before.downloads_30d as before_downloads_30d,
        counted.downloads_30d / nullif(before.downloads_30d, 0) as download_factor,
        rank() over (order by counted.family_id is null or counted.family_id = 'other', counted.model_count desc) as place,
    from counted
    left join before on counted.family_id is not distinct from before.family_id
),

derived as materialized (
    select
        coalesce(sum(derivative_count), 0) as derivative_count,
        coalesce(sum(derivative_count) filter (relation = 'finetune'), 0) as finetune_count,
        coalesce(sum(derivative_count) filter (relation = 'adapter'), 0) as adapter_count,
        coalesce(sum(derivative_count) filter (relation = 'quantized'), 0) as quantized_count,
        coalesce(sum(derivative_count) filter (relation = 'merge'), 0) as merge_count,
    from lineage_families
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
),

speed as materialized (
    select
        coalesce(max(base_count), 0) as base_count,
        coalesce(max(timed_base_count), 0) as timed_base_count,
        max(median_days_to_first_derivative) as median_days,
    from family_bases
    where kind = $kind and coverage = $coverage and snapshot_at = $snapshot_at and family_id = $family
),

changes as materialized (
    select count(*) as licence_change_count
    from licence_changes
    where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at and family_id = $family
),

watched as materialized (
    select min(snapshot_at) as since_at, count(*) as snapshot_count
    from snapshots
    where kind = $kind and coverage = $coverage and snapshot_at <= $snapshot_at
),

-- The Hub writes the data sets that a card names as tags of their own.
documented as materialized (
    select
        count(tags) as told_count,
        count(*) filter (len(list_filter(tags, lambda tag: starts_with(tag, 'dataset:'))) > 0) as data_named_count,
        count(*) filter (list_has_any(tags, ['interpretability', 'explainability', 'explainable-ai', 'xai', 'mechanistic-interpretability'])) as explaining_count,
    from listed_repositories
    where kind = $kind and coverage = $coverage and family_id = $family and first_seen_at <= $snapshot_at
)

select
    model_families.label as family,
    model_families.origin,
    model_families.first_release || '-01' as released_month,
    model_families.source as source_url,
    ours.* exclude (family_id, licence_known_count),
    ours.model_count / whole.model_count as model_share,
    whole.downloads_each as all_downloads_each,
    whole.download_factor as all_download_factor,
    whole.licensed_share as all_licensed_share,
    whole.permissive_share as all_permissive_share,
    whole.task_share as all_task_share,
    whole.card_share as all_card_share,
    whole.ungated_share as all_ungated_share,
    derived.*,
    speed.*,
    changes.*,
    watched.*,
    documented.*,
from grown as ours
inner join model_families using (family_id)
inner join grown as whole on whole.family_id is null
cross join derived
cross join speed
cross join changes
cross join watched
cross join documented
where ours.family_id = $family
