"""Which snapshots a build has to work through, and in which portions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from warehouse.listings import LISTINGS
from warehouse.manifest import Manifest

PORTION = 4_000_000
"""Rows (repository in snapshot) that are worked on at once: bounds the memory, however long the history is."""

Moment = datetime


@dataclass(frozen=True)
class PlannedSnapshot:
    """One good snapshot of one series of repositories."""

    kind: str
    coverage: str
    snapshot_at: Moment
    ordinal: int
    """Its place in the series, from 1."""
    previous_snapshot_at: Moment | None
    row_count: int
    change_count: int
    """Rows that it added to the lake."""
    is_wanted: bool = False
    """Its marts are to be made; else it is only passed through."""

    @property
    def series(self) -> tuple[str, str]:
        return self.kind, self.coverage

    @property
    def elapsed_days(self) -> float | None:
        """Since the snapshot before."""
        if self.previous_snapshot_at is None:
            return None
        return (self.snapshot_at - self.previous_snapshot_at).total_seconds() / 86_400


@dataclass(frozen=True)
class Plan:
    """What a build does, given what the last one holds."""

    steps: tuple[tuple[PlannedSnapshot, ...], ...]
    """Snapshots of all series in the order of time, in portions."""
    restarted: frozenset[tuple[str, str]]
    """Series (kind, coverage) whose state is summed up from the beginning of the lake again: a snapshot came late or went."""

    kept: frozenset[tuple[str, str, Moment]]
    """Every good snapshot of the lake: what the last build says of others is dropped."""

    @property
    def at_once(self) -> "Plan":
        """The same in one portion, for an engine that bounds its own memory."""
        return replace(self, steps=(tuple(snapshot for step in self.steps for snapshot in step),))

    @property
    def wanted(self) -> list[PlannedSnapshot]:
        return [snapshot for step in self.steps for snapshot in step if snapshot.is_wanted]


def plan_build(manifests: Sequence[Manifest], built: Iterable[tuple[str, str, Moment, Moment | None]]) -> Plan:
    """Work through what `built` (kind, coverage, snapshot_at, previous_snapshot_at) lacks.

    A late or a pruned snapshot changes what is compared with it, its successor. A moment is made for all its series or for
    none, because a mart may look from one to another (the tasks of Spaces are those of the models they link).
    """
    held = set(built)
    series = _series(manifests)
    every = [snapshot for snapshots in series.values() for snapshot in snapshots]
    moments = {
        snapshot.snapshot_at
        for snapshot in every
        if (*snapshot.series, snapshot.snapshot_at, snapshot.previous_snapshot_at) not in held
    }
    walked: list[PlannedSnapshot] = []
    restarted = set()
    for key, snapshots in series.items():
        wanted = [snapshot.ordinal for snapshot in snapshots if snapshot.snapshot_at in moments]
        if not wanted:
            continue
        # The last build handed over the state at its newest snapshot; only what follows directly can go on from that.
        carried = max((at for kind, coverage, at, _ in held if (kind, coverage) == key), default=None)
        goes_on = carried == snapshots[wanted[0] - 1].previous_snapshot_at
        if not goes_on:
            restarted.add(key)
        start = wanted[0] if goes_on else 1
        walked += [replace(snapshot, is_wanted=snapshot.snapshot_at in moments) for snapshot in snapshots[start - 1 :]]
    kept = frozenset((*snapshot.series, snapshot.snapshot_at) for snapshot in every)
    return Plan(tuple(_portions(walked)), frozenset(restarted), kept)


def _series(manifests: Sequence[Manifest]) -> dict[tuple[str, str], list[PlannedSnapshot]]:
    series: dict[tuple[str, str], list[PlannedSnapshot]] = {}
    for manifest in manifests:
        for entry in manifest.listings:
            kind = LISTINGS[entry.listing].kind
            if kind and entry.status == "ok":
                earlier = series.setdefault((kind, entry.coverage), [])
                earlier.append(
                    PlannedSnapshot(
                        kind,
                        entry.coverage,
                        manifest.snapshot_at,
                        ordinal=len(earlier) + 1,
                        previous_snapshot_at=earlier[-1].snapshot_at if earlier else None,
                        row_count=entry.row_count,
                        change_count=sum(file.rows for file in entry.files),
                    )
                )
    return series


def _portions(snapshots: Iterable[PlannedSnapshot]) -> Iterable[tuple[PlannedSnapshot, ...]]:
    """Whole moments, as many at once as PORTION allows."""
    portion: list[PlannedSnapshot] = []
    size = 0
    by_moment: dict[Moment, list[PlannedSnapshot]] = {}
    for snapshot in snapshots:
        by_moment.setdefault(snapshot.snapshot_at, []).append(snapshot)
    for _, together in sorted(by_moment.items()):
        rows = sum(found.change_count + (found.row_count if found.is_wanted else 0) for found in together)
        if portion and size + rows > PORTION:
            yield tuple(portion)
            portion, size = [], 0
        portion += together
        size += rows
    if portion:
        yield tuple(portion)
