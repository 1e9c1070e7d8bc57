"""Let old snapshots go: what was between two kept ones becomes one change, and the kept ones stay exactly what they were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse.duck import fill, sql_text
from warehouse.lake.series import LakeSeries
from warehouse.listings import LISTINGS, PARTS
from warehouse.manifest import Manifest
from warehouse.settings import Home
from warehouse.upkeep.rewrite import (
    Changes,
    Say,
    content_sum,
    refuse_difference,
    replaced,
    rows_of,
    size_of,
    take_over,
    upkeep,
    view_rows,
    write_months,
)


@dataclass(frozen=True)
class Retention:
    """Ages in days: the first snapshot of each day is kept below the one, of each week below the other, of each month for ever.

    The first of a period never changes, so that pruning every night keeps what pruning once a year does.
    """

    daily: int = 90
    weekly: int = 730

    def kept(self, moments: Iterable[datetime], today: date) -> set[datetime]:
        """Of one series. The newest always is."""
        ascending = sorted(moments)
        firsts: dict[tuple[object, ...], datetime] = {}
        for moment in ascending:
            for period in self._periods(moment, today):
                firsts.setdefault(period, moment)
        return {*firsts.values(), *ascending[-1:]}

    def _periods(self, moment: datetime, today: date) -> list[tuple[object, ...]]:
        age = (today - moment.date()).days
        periods: list[tuple[object, ...]] = [("month", moment.year, moment.month)]
        if age < self.weekly:
            periods.append(("week", *moment.isocalendar()[:2]))
        if age < self.daily:
            periods.append(("day", moment.date()))
        return periods


def prunable(manifests: Sequence[Manifest], retention: Retention, today: date) -> dict[tuple[str, str], list[datetime]]:
    """Series of repositories (listing, coverage) → the snapshots that its retention lets go, oldest first.

    Each series is judged by itself. A run that one of them keeps is kept whole, because marts look from one to another.
    Listings beside the Hub's are kept: they are small, and each of their rows is an event with its date.
    """
    series: dict[tuple[str, str], list[datetime]] = {}
    for manifest in manifests:
        for entry in manifest.listings:
            if LISTINGS[entry.listing].kind and entry.status == "ok":
                series.setdefault((entry.listing, entry.coverage), []).append(manifest.snapshot_at)
    kept = {moment for moments in series.values() for moment in retention.kept(moments, today)}
    pruned = {key: [moment for moment in moments if moment not in kept] for key, moments in series.items()}
    return {key: moments for key, moments in pruned.items() if moments}


def prune(home: Home, retention: Retention, *, today: date, say: Say) -> bool:
    """Remove what the retention lets go; False when there is nothing. Call it under the home's lock.

    Raises LakeError: the lake is as it was then.
    """
    with upkeep(home) as (lake, connection):
        before = lake.manifests()
        changes: Changes = {}
        for (listing, coverage), moments in prunable(before, retention, today).items():
            say(f"{listing} ({coverage}): {len(moments):,} snapshots")
            series = LakeSeries(lake.path, before, listing, coverage)
            changes |= _Series(connection, series, moments, before).without_pruned(f"pruned on {today}")
        if changes:
            take_over(lake, changes)
            say(f"The lake was {size_of(before)}; it is {size_of(lake.manifests())}.")
    return bool(changes)


class _Series:
    """One series on its way to fewer snapshots."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        series: LakeSeries,
        pruned: Sequence[datetime],
        manifests: Sequence[Manifest],
    ) -> None:
        self.connection = connection
        self.series = series
        self.pruned = set(pruned)
        self.manifests = manifests
        self.kept = [snapshot for snapshot in series.snapshots if snapshot.snapshot_at not in self.pruned]

    def without_pruned(self, reason: str) -> Changes:
        """What the manifests are to say; the new files are written and checked, the old ones untouched."""
        files = [file for snapshot in self.series.snapshots for file in snapshot.files]
        self._fill_pruning()
        self._view(files)
        self.connection.execute(f"create or replace temp table net as {sql_text('upkeep', 'net')}")
        retired = self._retired(files)
        view_rows(self.connection, self.series.lake, sorted(retired), "retired_")
        selects = {table: sql_text("upkeep", f"pruned_{table}") for table in PARTS}
        written = write_months(self.connection, self.series, self.kept, selects)
        self._check(files, retired, [file.path for new in written.values() for file in new])
        counts = self._counts()
        changes: Changes = {}
        for manifest in self.manifests:
            entry = manifest.entry(self.series.listing.name, self.series.coverage)
            if not entry:
                continue
            gone = {"status": "pruned", "reason": reason} if manifest.snapshot_at in self.pruned else {}
            changes[manifest.run_id, entry.listing, entry.coverage] = replaced(
                entry, retired, written.get(manifest.run_id, []), **gone, **counts.get(manifest.snapshot_at, {})
            )
        return changes

    def _fill_pruning(self) -> None:
        """The pruned snapshots, and the kept ones that take over what they showed."""
        self.connection.execute(
            "create or replace temp table pruning "
            "(snapshot_at timestamp, previous_at timestamp, since_at timestamp, until_at timestamp)"
        )
        kept = [snapshot.snapshot_at for snapshot in self.kept]
        rows: list[tuple[object, ...]] = []
        for before, snapshot in zip(self.series.snapshots, self.series.snapshots[1:], strict=False):
            moment = snapshot.snapshot_at
            if moment in self.pruned or before.snapshot_at in self.pruned:
                since = max(found for found in kept if found < moment)
                rows.append((moment, before.snapshot_at, since, min(found for found in kept if found >= moment)))
        fill(self.connection, "pruning", rows)

    def _view(self, files: Sequence[str]) -> None:
        view_rows(self.connection, self.series.lake, files)
        self.connection.execute(sql_text("upkeep", "contents"))

    def _retired(self, files: Sequence[str]) -> set[str]:
        """The files that hold rows of these snapshots, wherever they lie, and all of the pruned ones."""
        retired = {
            file for snapshot in self.series.snapshots if snapshot.snapshot_at in self.pruned for file in snapshot.files
        }
        for table in PARTS:
            if rows := rows_of(self.series.lake, files, table, with_names=True):
                found = self.connection.execute(
                    f"select distinct filename {rows} semi join pruning using (snapshot_at)"
                )
                paths = {path for (path,) in found.fetchall()}
                retired |= {file for file in files if (self.series.lake / file).as_posix() in paths}
        return retired

    def _check(self, files: Sequence[str], retired: set[str], written: Sequence[str]) -> None:
        """What the new files say of the kept snapshots is what the old ones said."""
        name = f"{self.series.listing.name} ({self.series.coverage})"
        before = self._standing("retired_")
        self._view([*(file for file in files if file not in retired), *written])
        view_rows(self.connection, self.series.lake, written, "written_")
        refuse_difference(name, before, self._standing("written_"))

    def _standing(self, prefix: str) -> list[object]:
        """What the touched repositories were at the kept snapshots, and the rows that pruning does not concern."""
        touched = self.connection.execute(sql_text("upkeep", "standing")).fetchall()
        others = [f"from {prefix}{table} anti join pruning using (snapshot_at)" for table in PARTS]
        return [*touched, *(content_sum(self.connection, rows) for rows in others)]

    def _counts(self) -> dict[datetime, dict[str, object]]:
        found = self.connection.execute(sql_text("upkeep", "net_counts"))
        names = [column[0] for column in found.description or ()][1:]
        return {until: dict(zip(names, counts, strict=True)) for until, *counts in found.fetchall()}
