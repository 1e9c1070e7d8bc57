"""The run in words, from its manifest: what came, what changed, what was rejected or skipped, and why."""

from collector.progress import label
from warehouse.listings import WHOLE, Series
from warehouse.manifest import Entry, Finding, Manifest


def summary(manifest: Manifest) -> list[str]:
    """One line per series, and one per reason why something is missing."""
    simulated = " (simulated)" if manifest.is_simulated else ""
    lines = [
        f"{manifest.profile} snapshot of {manifest.snapshot_at:%Y-%m-%d %H:%M:%S} UTC, {manifest.endpoint}{simulated}"
    ]
    for entry in manifest.listings:
        name = label(Series(entry.listing, entry.coverage, entry.coverage_limit))
        if entry.status != "ok":
            lines.append(f"  {name}: {entry.status}: {entry.reason}")
            continue
        lines.append(f"  {name}: {', '.join(_counts(entry))}")
        lines += [f"    {odd.count:,} rejected: {odd.reason}{_examples(odd)}" for odd in entry.rejected]
        lines += [f"    {odd.count:,} mended: {odd.reason}{_examples(odd)}" for odd in entry.odd_values]
    return lines


def _examples(odd: Finding) -> str:
    return f" ({'; '.join(odd.examples)})" if odd.examples else ""


def _counts(entry: Entry) -> list[str]:
    counts = [f"{entry.row_count:,} rows"]
    if entry.previous_snapshot_at:
        # Leaving a top or newest list is not a removal: the repository may just have been overtaken.
        gone = "removed" if entry.coverage in WHOLE else "left the list"
        counts += [f"{entry.added_count:,} added", f"{entry.changed_count:,} changed", f"{entry.left_count:,} {gone}"]
        if entry.metrics_changed_count:
            counts.append(f"{entry.metrics_changed_count:,} counters changed")
    if entry.duplicate_count:
        counts.append(f"{entry.duplicate_count:,} listed twice")
    return counts
