-- The counters of one repository in one snapshot, beside those of the snapshot before if it was listed then.
-- grain: kind, coverage, ordinal, version_id
-- per: snapshot
with spans as (
    select
        described.kind,
        described.coverage,
        described.version_id,
        described.ordinal as described_from,
        described.is_continued,
        measured.from_ordinal as measured_from,
        measured.downloads,
        measured.downloads_all_time,
        measured.likes,
        measured.previous_downloads,
        measured.previous_downloads_all_time,
        measured.previous_likes,
        unnest(range(
            greatest(described.ordinal, measured.from_ordinal), least(described.to_ordinal, measured.to_ordinal)
        )) as ordinal,
    from attribute_versions as described
    inner join metric_versions as measured
        on described.kind = measured.kind
        and described.coverage = measured.coverage
        and described.repository_key = measured.repository_key
        and described.ordinal < measured.to_ordinal
        and measured.from_ordinal < described.to_ordinal
)

select
    spans.kind,
    spans.coverage,
    spans.ordinal,
    spans.version_id,
    spans.downloads as downloads_30d,
    spans.downloads_all_time,
    spans.likes,
    case
        when spans.ordinal = described_from and not is_continued then null
        when spans.ordinal > measured_from then downloads
        else previous_downloads
    end as previous_downloads_30d,
    case
        when spans.ordinal = described_from and not is_continued then null
        when spans.ordinal > measured_from then downloads_all_time
        else previous_downloads_all_time
    end as previous_downloads_all_time,
    case
        when spans.ordinal = described_from and not is_continued then null
        when spans.ordinal > measured_from then likes
        else previous_likes
    end as previous_likes,
from spans
semi join steps
    on spans.kind = steps.kind
    and spans.coverage = steps.coverage
    and spans.ordinal = steps.ordinal
    and steps.is_wanted
