"""Merge the many small files of past runs into one a month and table, with the same rows."""

from collections.abc import Iterable, Sequence

import duckdb

from warehouse.lake.lake import Lake
from warehouse.lake.series import LakeSeries
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
        for series in _all_series(lake, before):
            if retired := _scattered(connection, series, before[-1]):
                say(f"{series.listing.name} ({series.coverage}): {len(retired):,} files")
                changes |= _merge(connection, series, retired, before)
        if changes:
            take_over(lake, changes)
            say(f"The lake was {size_of(before)}; it is {size_of(lake.manifests())}.")
    return bool(changes)


def _all_series(lake: Lake, manifests: Sequence[Manifest]) -> list[LakeSeries]:
    keys = {(entry.listing, entry.coverage) for manifest in manifests for entry in manifest.listings}
    return [LakeSeries(lake.path, manifests, *key) for key in sorted(keys)]


def _scattered(connection: duckdb.DuckDBPyConnection, series: LakeSeries, newest: Manifest) -> set[str]:
    """The files of months that are over and lie in more than one file a table. What still grows would be written again and again.

    A snapshot that landed late may hold rows of a month after its own: that month's files are then merged with its.
    """
    months: dict[Month, set[str]] = {}
    for snapshot in series.snapshots:
        month = snapshot.snapshot_at.year, snapshot.snapshot_at.month
        if month < (newest.snapshot_at.year, newest.snapshot_at.month):
            months.setdefault(month, set()).update(snapshot.files)
    scattered = {
        month
        for month, files in months.items()
        if any(sum(file.endswith(f"/{table}.parquet") for file in files) > 1 for table in PARTS)
    }
    while (
        reached := _months_of_rows(connection, series, [months[month] for month in scattered])
        & months.keys() - scattered
    ):
        scattered |= reached
    return set().union(*(months[month] for month in scattered))


def _months_of_rows(
    connection: duckdb.DuckDBPyConnection, series: LakeSeries, months: Iterable[set[str]]
) -> set[Month]:
    files = sorted(set().union(*months))
    found: set[Month] = set()
    for table in PARTS:
        if rows := rows_of(series.lake, files, table):
            found |= set(connection.execute(f"select distinct year(snapshot_at), month(snapshot_at) {rows}").fetchall())
    return found


def _merge(
    connection: duckdb.DuckDBPyConnection, series: LakeSeries, retired: set[str], manifests: Sequence[Manifest]
) -> Changes:
    selects = {table: rows for table in PARTS if (rows := rows_of(series.lake, sorted(retired), table))}
    written = write_months(connection, series, series.snapshots, selects)
    for table, rows in selects.items():
        new = rows_of(series.lake, [file.path for files in written.values() for file in files], table)
        refuse_difference(
            f"{series.listing.name} ({series.coverage}) {table}",
            content_sum(connection, rows),
            content_sum(connection, new) if new else (0, None),
        )
    return {
        (manifest.run_id, series.listing.name, series.coverage): replaced(
            entry, retired, written.get(manifest.run_id, [])
        )
        for manifest in manifests
        if (entry := manifest.entry(series.listing.name, series.coverage))
    }
