"""Write one landed series into the lake: only what is new against the snapshot before it."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.duck import literal, pattern, sql_text
from warehouse.errors import CoverageError
from warehouse.files import below, sync_file, sync_folder
from warehouse.lake.series import LakeSeries, LakeSnapshot
from warehouse.landing.series import FinishedSeries
from warehouse.listings import LISTINGS, PARTS, WHOLE, Listing
from warehouse.manifest import Entry, LandedFile

LARGEST_DROP = 0.1
"""A full listing that is smaller than the one before by more than this share is taken for a fault upstream."""
FEWEST_LOST = 5
"""Rows: of a short list, one that goes is more than a tenth."""
PARQUET = "(format parquet, compression zstd, row_group_size 40960)"
MANY_CHANGES = 1_000_000
"""More rows than this to pick out of a listing leave no room, within the run's memory, for two threads that write."""


@dataclass(frozen=True)
class _Counts:
    """Rows that a snapshot adds to each file."""

    added: int
    attributes: int
    metrics: int
    left: int


def write_snapshot(
    connection: duckdb.DuckDBPyConnection,
    landed: FinishedSeries,
    series: LakeSeries,
    *,
    run_id: str,
    snapshot_at: datetime,
    accept_drop: bool,
) -> Entry:
    """Write the Parquet files of one series and say what they hold; nothing shows until a manifest names them.

    Raises CoverageError when the listing has shrunk, unless `accept_drop`.
    """
    listing = LISTINGS[landed.series.listing]
    _view_listed(connection, listing, landed.chunks)
    row_count = _one(connection, "select count(*) from listed")
    previous = series.newest_before(snapshot_at)
    _check_coverage(landed, listing, row_count, previous, accept_drop=accept_drop)
    series.view_before(connection, previous)
    connection.execute("create or replace temp table changes as from changes_between('listed', 'before_rows')")
    connection.execute("create or replace temp table departures as from departures_between('listed', 'before_rows')")
    counts = _count(connection)
    if previous and not listing.kind and listing.departures_count and not accept_drop:
        _refuse_loss(landed, counts.left, previous.row_count)
    later = series.first_after(snapshot_at)
    if later:
        series.correct_later(connection, later)
    selects = _selects(connection, listing, counts, row_count, snapshot_at, later)
    if counts.metrics > MANY_CHANGES and counts.added < row_count:
        connection.execute("set threads = 1")
    files = write_files(connection, series, run_id, selects)
    connection.execute("reset threads")
    if not later:
        series.keep_state(connection, run_id)
    return dataclasses.replace(
        landed.entry,
        row_count=row_count,
        duplicate_count=_one(connection, "select count(*) from superseded"),
        added_count=counts.added,
        changed_count=counts.attributes - counts.added,
        metrics_changed_count=counts.metrics - counts.added if listing.kind else 0,
        left_count=counts.left,
        previous_snapshot_at=previous.snapshot_at if previous else None,
        files=tuple(files),
    )


def _view_listed(connection: duckdb.DuckDBPyConnection, listing: Listing, chunks: Iterable[Path]) -> None:
    connection.execute("set variable chunks = $chunks", {"chunks": [pattern(path) for path in chunks]})
    connection.execute(
        f"create or replace temp view chunks as select {listing.key} as state_key, * from ({sql_text('landing', 'chunks')})"
    )
    if listing.kind:
        connection.execute("set variable cards_known = (select bool_or(has_card) from chunks)")
        connection.execute(f"create or replace temp view landed as {sql_text('landing', 'landed_repositories')}")
    else:
        connection.execute("create or replace temp view landed as from chunks")
    connection.execute(f"create or replace temp table superseded as {sql_text('landing', 'superseded')}")
    connection.execute(f"create or replace temp view listed as {sql_text('landing', 'listed')}")


def _check_coverage(
    landed: FinishedSeries, listing: Listing, row_count: int, previous: LakeSnapshot | None, *, accept_drop: bool
) -> None:
    before = previous.row_count if previous else 0
    if listing.kind and landed.series.coverage in WHOLE and row_count < before * (1 - LARGEST_DROP) and not accept_drop:
        raise CoverageError(
            f"{landed.series} has {row_count:,} rows, {before:,} the time before: a loss of more than "
            f"{LARGEST_DROP:.0%} is taken for a fault upstream. Nothing was added, the pages are kept. "
            "If the loss is real, run again with --accept-drop."
        )


def _refuse_loss(landed: FinishedSeries, left_count: int, before: int) -> None:
    """CoverageError when a list beside the Hub's lost more than any real one does: a part, or another server's list."""
    if left_count >= FEWEST_LOST and left_count > before * LARGEST_DROP:
        raise CoverageError(
            f"{landed.series} lacks {left_count:,} of the {before:,} rows of the time before: a loss of more than "
            f"{LARGEST_DROP:.0%} is taken for a fault there. It was not kept and nothing counts as removed. If the loss is real, "
            "run again with --accept-drop."
        )


def _count(connection: duckdb.DuckDBPyConnection) -> _Counts:
    added, attributes, metrics = connection.execute(
        """
        select
            count(*) filter (where is_new),
            count(*) filter (where has_new_attributes),
            count(*) filter (where has_new_metrics)
        from changes
        """
    ).fetchall()[0]
    return _Counts(added, attributes, metrics, _one(connection, "select count(*) from departures"))


def _selects(
    connection: duckdb.DuckDBPyConnection,
    listing: Listing,
    counts: _Counts,
    row_count: int,
    snapshot_at: datetime,
    later: LakeSnapshot | None,
) -> dict[str, str]:
    """Table → its rows as SQL; a late snapshot's files also hold what corrects its successor."""
    tables = PARTS if listing.kind else ("attributes", "departures")
    now = _view_changes(connection, "listed", "changes", is_all_new=counts.added == row_count)
    added = {"attributes": counts.attributes, "metrics": counts.metrics, "departures": counts.left}
    selects = {table: _rows_of(listing, table, now, "departures", snapshot_at) for table in tables}
    if not later:
        return {table: select for table, select in selects.items() if added[table]}
    then = _view_changes(connection, "later_rows", "later_changes", is_all_new=False)
    return {
        table: f"{select} union all by name {_rows_of(listing, table, then, 'later_departures', later.snapshot_at)}"
        for table, select in selects.items()
    }


def _view_changes(
    connection: duckdb.DuckDBPyConnection, rows: str, changes: str, *, is_all_new: bool
) -> dict[str, str]:
    """Table → the view of its new rows. Of a first snapshot that is all there is: no need to look up each row."""
    if is_all_new:
        return {"attributes": rows, "metrics": rows}
    views = {part: f"{rows}_with_new_{part}" for part in ("attributes", "metrics")}
    for part, view in views.items():
        connection.execute(f"create or replace temp view {view} as from changed_rows('{rows}', '{changes}', '{part}')")
    return views


def _rows_of(listing: Listing, table: str, views: Mapping[str, str], departures: str, moment: datetime) -> str:
    if table == "departures":
        return f"select timestamp '{moment}' as snapshot_at, state_key as {listing.key} from {departures}"
    return f"from new_{table}('{views[table]}', timestamp '{moment}')"


def write_files(
    connection: duckdb.DuckDBPyConnection, series: LakeSeries, name: str, selects: Mapping[str, str]
) -> list[LandedFile]:
    """Parquet files of a series in the folder `run=<name>`, durable: the rows that each select (by table) gives, if any."""
    folder = below(series.lake, *series.folder.relative_to(series.lake).parts, f"run={name}")
    files = []
    for table, select in selects.items():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{table}.parquet"
        rows = _one(connection, f"copy ({select}) to {literal(path)} {PARQUET}")
        if rows:
            files.append(_describe(series.lake, path, rows))
        else:
            path.unlink()
    if files:
        for place in (folder, folder.parent, folder.parent.parent):
            sync_folder(place)
    return files


def _describe(lake: Path, path: Path, rows: int) -> LandedFile:
    sync_file(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return LandedFile(path.relative_to(lake).as_posix(), rows, path.stat().st_size, digest)


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])
