-- Claims of one topic on which part of the repositories (or of their downloads) has something, under each definition.
-- `stated` is all that declare anything of the dimension. Unknown where only a list of every repository can tell.
-- grain: claim_id, definition_id
with links as (
    unpivot (
        select
            kind,
            coverage,
            snapshot_at,
            sum(finetune_link_count) as finetune,
            sum(adapter_link_count) as adapter,
            sum(quantized_link_count) as quantized,
            sum(merge_link_count) as merge,
            sum(link_count - finetune_link_count - adapter_link_count - quantized_link_count - merge_link_count) as unstated,
        from family_bases
        where coverage = $coverage and snapshot_at = $snapshot_at
        group by all
    )
    on finetune, adapter, quantized, merge, unstated into name part value repositories
),

marts as (
    select 'everything' as dimension, 'all' as part, repository_count as repositories, * from population
    union all by name
    select 'card' as dimension, 'card' as part, card_count as repositories, kind, coverage, snapshot_at from population
    union all by name
    select 'licence' as dimension, licence_id as part, repository_count as repositories, * from licence_mix
    union all by name
    select 'task' as dimension, task_id as part, repository_count as repositories, * from task_coverage
    union all by name
    select 'library' as dimension, library_id as part, repository_count as repositories, * from library_use
    union all by name
    select 'language' as dimension, language_id as part, repository_count as repositories, * from language_coverage
    union all by name
    select 'size' as dimension, size_class as part, repository_count as repositories, * from model_sizes
    union all by name
    select 'relation' as dimension, relation as part, derivative_count as repositories, * from lineage_families
    union all by name
    select 'link' as dimension, * from links
    union all by name
    select 'leading_licence' as dimension, licence_id as part, 1 as repositories, * from downloads_top
),

parts as materialized (
    unpivot (
        select
            dimension,
            kind,
            replace(part, 'unknown-to-listing', 'undeclared') as part,
            sum(repositories)::double as repositories,
            sum(downloads_30d)::double as downloads_30d,
            sum(downloads_all_time)::double as downloads_all_time,
        from marts
        inner join snapshots using (kind, coverage, snapshot_at)
        where
            coverage = $coverage and snapshot_at = $snapshot_at
            -- The leaders lead a top list too; nothing else of the whole Hub can be read from one.
            and (is_whole or (width = 2 and dimension = 'leading_licence'))
        group by all
    )
    on repositories, downloads_30d, downloads_all_time into name weight value amount
),

wholes as materialized (
    select
        declared.dimension,
        declared.kind,
        declared.weight,
        coalesce(any_value(everything.amount), sum(declared.amount)) as total,
        -- A repository of several languages counts in each: those that state one are all but the undeclared.
        coalesce(total - sum(declared.amount) filter (declared.part = 'undeclared'), sum(declared.amount)) as stated,
    from parts as declared
    left join parts as everything
        on everything.dimension = 'everything' and declared.dimension not in ('link', 'leading_licence')
        and declared.kind = everything.kind and declared.weight = everything.weight
    group by all
),

measures as materialized (
    select
        definition_id,
        if(
            claim_measures.parts = 'stated',
            any_value(stated),
            coalesce(sum(amount) filter (list_contains(string_split(claim_measures.parts, ' '), part)), 0)
        ) as numerator,
        any_value(if(among = 'stated', stated, total)) as denominator,
    from claim_measures
    inner join wholes using (kind, dimension, weight)
    -- Where none of the listing states it, the listing does not tell of it.
    semi join (from wholes where stated > 0) as told using (kind, dimension)
    inner join parts using (kind, dimension, weight)
    group by definition_id, claim_measures.parts
)

select
    claim_id,
    definition_id,
    is_own,
    unit,
    bound,
    published_value,
    tolerance,
    measures.numerator,
    measures.denominator,
    measures.numerator / nullif(measures.denominator, 0) as value,
from claims
inner join claim_definitions using (claim_id)
left join measures using (definition_id)
where topic = $topic
order by claims.rowid, claim_definitions.rowid
