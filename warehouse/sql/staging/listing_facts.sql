-- The counters of one repository in one snapshot, beside those of the snapshot before if it was listed then.
-- grain: step_id, version_id
-- per: snapshot
with spans as (
    select
        described.kind,
        described.coverage,
        described.version_id,
        described.ordinal as described_from,
        described.is_continued,
        measured.*,
        unnest(range(
            greatest(described.ordinal, measured.from_ordinal),
            least(described.to_ordinal, coalesce(measured.to_ordinal, described.to_ordinal))
        )) as ordinal,
    from attribute_versions as described
    inner join metric_versions as measured using (listing_key)
)

select
    steps.step_id,
    spans.version_id,
    spans.downloads as downloads_30d,
    spans.downloads_all_time,
    spans.likes,
    case
        when spans.ordinal = spans.described_from and not spans.is_continued then null
        when spans.ordinal > spans.from_ordinal then spans.downloads
        else spans.previous_downloads
    end as previous_downloads_30d,
    case
        when spans.ordinal = spans.described_from and not spans.is_continued then null
        when spans.ordinal > spans.from_ordinal then spans.downloads_all_time
        else spans.previous_downloads_all_time
    end as previous_downloads_all_time,
    case
        when spans.ordinal = spans.described_from and not spans.is_continued then null
        when spans.ordinal > spans.from_ordinal then spans.likes
        else spans.previous_likes
    end as previous_likes,
from spans
inner join steps using (kind, coverage, ordinal)
where steps.is_wanted
