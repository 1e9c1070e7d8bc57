-- Claims of one topic on how downloads are spread, recomputed under each definition; unknown where only a list of every
-- repository can tell.
-- grain: claim_id, definition_id
with spread as (
    select
        *,
        replace(measure, 'downloads_', '') as span,
    from concentration
    semi join (from snapshots where is_whole) using (kind, coverage, snapshot_at)
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at and measure != 'likes'
),

authors as (
    select
        max_by(downloads_30d, downloads_30d, 50) as by_30d,
        max_by(downloads_all_time, downloads_all_time, 50) as by_all_time,
    from author_ranking
    where kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
),

leaders as (
    select
        count(*) as model_count,
        count(*) filter (year(created_at) = 2022) as dated_count,
        count(*) filter (year(created_at) = 2022 and not is_on_or_before) as sure_count,
    from downloads_top
    where
        kind = 'model' and coverage = $coverage and snapshot_at = $snapshot_at
        and coverage != 'newest' and rank <= 25
    having count(created_at) = 25
),

measures as materialized (
    select
        unnest(
            [
                {'definition_id': 'top_1pct_' || span, 'numerator': top_1pct_share * total, 'denominator': total},
                {'definition_id': 'top_1pct_of_used_' || span, 'numerator': top_1pct_of_used_share * total, 'denominator': total},
                {'definition_id': 'top_1_5pct_' || span, 'numerator': top_1_5pct_share * total, 'denominator': total},
                {'definition_id': 'top_50_models_' || span, 'numerator': top_50_share * total, 'denominator': total},
                {'definition_id': 'top_200_' || span, 'numerator': top_200_share * total, 'denominator': total},
                {
                    'definition_id': 'top_50_authors_' || span,
                    'numerator': list_sum(if(span = '30d', by_30d, by_all_time)),
                    'denominator': total,
                },
                {'definition_id': 'none_' || span, 'numerator': zero_count, 'denominator': repository_count},
                {
                    'definition_id': 'some_' || span,
                    'numerator': repository_count - zero_count,
                    'denominator': repository_count,
                },
                {'definition_id': 'under_200_' || span, 'numerator': below_200_count, 'denominator': repository_count},
                {
                    'definition_id': 'under_200_of_used_' || span,
                    'numerator': below_200_count - zero_count,
                    'denominator': repository_count - zero_count,
                },
            ],
            recursive := true
        ),
    from spread
    cross join authors
    union all
    select 'top_25_in_2022', dated_count, model_count,
    from leaders
    union all
    select 'top_25_surely_2022', sure_count, model_count,
    from leaders
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
