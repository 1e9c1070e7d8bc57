"""Merge the many small files of past runs into one a month and table, with the same rows."""

from collections.abc import Iterable, Sequence

import duckdb

from warehouse.lake.lake import Lake
from warehouse.lake.series import History
from warehouse.listings import PARTS
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
    write_months,
)

Month = tuple[int, int]
"""Year and month."""


def compact(home: Home, say: Say) -> bool:
    """Merge every month that is over; False when none had anything to merge. Call it under the home's lock.

    Raises LakeError: the lake is as it was then.
    """
    with upkeep(home) as (lake, connection):
        before = lake.manifests()
        changes: Changes = {}
        for history in _histories(lake, before):
            if retired := _scattered(connection, history, before[-1]):
                say(f"{history.listing.name} ({history.coverage}): {len(retired):,} files")
                changes |= _merge(connection, history, retired, before)
        if changes:
            take_over(lake, changes)
            say(f"The lake was {size_of(before)}; it is {size_of(lake.manifests())}.")
    return bool(changes)


def _histories(lake: Lake, manifests: Sequence[Manifest]) -> list[History]:
    series = {(entry.listing, entry.coverage) for manifest in manifests for entry in manifest.listings}
    return [History(lake.path, manifests, *key) for key in sorted(series)]


def _scattered(connection: duckdb.DuckDBPyConnection, history: History, newest: Manifest) -> set[str]:
    """The files of months that are over and lie in more than one file a table. What still grows would be written again and again.

    A snapshot that landed late may hold rows of a month after its own: that month's files are then merged with its.
    """
    months: dict[Month, set[str]] = {}
    for snapshot in history.snapshots:
        month = snapshot.snapshot_at.year, snapshot.snapshot_at.month
        if month < (newest.snapshot_at.year, newest.snapshot_at.month):
            months.setdefault(month, set()).update(snapshot.files)
    scattered = {
        month
        for month, files in months.items()
        if any(sum(file.endswith(f"/{table}.parquet") for file in files) > 1 for table in PARTS)
    }
    while (
        reached := _months_of_rows(connection, history, [months[month] for month in scattered])
        & months.keys() - scattered
    ):
        scattered |= reached
    return set().union(*(months[month] for month in scattered))


def _months_of_rows(connection: duckdb.DuckDBPyConnection, history: History, months: Iterable[set[str]]) -> set[Month]:
    files = sorted(set().union(*months))
    found: set[Month] = set()
    for table in PARTS:
        if rows := rows_of(history.lake, files, table):
            found |= set(connection.execute(f"select distinct year(snapshot_at), month(snapshot_at) {rows}").fetchall())
    return found


def _merge(
    connection: duckdb.DuckDBPyConnection, history: History, retired: set[str], manifests: Sequence[Manifest]
) -> Changes:
    selects = {table: rows for table in PARTS if (rows := rows_of(history.lake, sorted(retired), table))}
    written = write_months(connection, history, history.snapshots, selects)
    for table, rows in selects.items():
        new = rows_of(history.lake, [file.path for files in written.values() for file in files], table)
        refuse_difference(
            f"{history.listing.name} ({history.coverage}) {table}",
            content_sum(connection, rows),
            content_sum(connection, new) if new else (0, None),
        )
    return {
        (manifest.run_id, history.listing.name, history.coverage): replaced(
            entry, retired, written.get(manifest.run_id, [])
        )
        for manifest in manifests
        if (entry := manifest.entry(history.listing.name, history.coverage))
    }
