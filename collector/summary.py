"""The run in words, from its manifest: what came, what changed, what was rejected or skipped, and why."""

from collector.progress import label
from warehouse.landing import Series
from warehouse.manifest import ListingState, Manifest


def summary(manifest: Manifest) -> list[str]:
    """One line per series, and one per reason why something is missing."""
    simulated = " (simulated)" if manifest.is_simulated else ""
    lines = [
        f"{manifest.profile} snapshot of {manifest.snapshot_at:%Y-%m-%d %H:%M:%S} UTC, {manifest.endpoint}{simulated}"
    ]
    for state in manifest.listings:
        name = label(Series(state.listing, state.coverage, state.coverage_limit))
        if state.status != "ok":
            lines.append(f"  {name}: {state.status}: {state.reason}")
            continue
        lines.append(f"  {name}: {', '.join(_counts(state))}")
        lines += [f"    {odd.count:,} rejected: {odd.reason} ({'; '.join(odd.examples)})" for odd in state.rejected]
    return lines


def _counts(state: ListingState) -> list[str]:
    counts = [f"{state.row_count:,} rows"]
    if state.previous_snapshot_at:
        # Leaving a top or newest list is not a removal: the repository may just have been overtaken.
        gone = "removed" if state.coverage == "full" else "left the list"
        counts += [f"{state.added_count:,} added", f"{state.changed_count:,} changed", f"{state.left_count:,} {gone}"]
        if state.metrics_changed_count:
            counts.append(f"{state.metrics_changed_count:,} counters changed")
    if state.duplicate_count:
        counts.append(f"{state.duplicate_count:,} listed twice")
    return counts
