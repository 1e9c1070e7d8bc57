"""Write one landed series into the lake: only what is new against the snapshot before it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.engine import landing_sql, literal
from warehouse.errors import CoverageError, SourceError
from warehouse.files import sync_file, sync_folder
from warehouse.history import History, Snapshot
from warehouse.landed_series import LandedSeries
from warehouse.listings import LISTINGS, Listing
from warehouse.manifest import Entry, LandedFile

LARGEST_DROP = 0.1
"""A full listing that is smaller than the one before by more than this share is taken for a fault upstream."""
PARQUET = "(format parquet, compression zstd, row_group_size 40960)"


@dataclass(frozen=True)
class _Counts:
    """Rows that a snapshot adds to each file."""

    added: int
    attributes: int
    metrics: int
    left: int


def write_snapshot(
    connection: duckdb.DuckDBPyConnection,
    landed: LandedSeries,
    history: History,
    *,
    run_id: str,
    snapshot_at: datetime,
    accept_drop: bool,
) -> Entry:
    """Write the Parquet files of one series and say what they hold; nothing shows until a manifest names them.

    Raises SourceError when the listing has not landed to its end, CoverageError when it is empty (what landed is then
    forgotten) or has shrunk (it is kept, for `accept_drop`).
    """
    if not landed.is_done:
        raise SourceError(
            f"{landed.series} has not been read to its end; {landed.pages} pages are kept, run again to go on."
        )
    listing = LISTINGS[landed.series.listing]
    landed.write_chunk(connection)
    _view_listed(connection, listing, landed.chunks)
    row_count = _one(connection, "select count(*) from listed")
    previous = history.newest_before(snapshot_at)
    _check_coverage(landed, listing, row_count, previous, accept_drop=accept_drop)
    history.view_before(connection, previous)
    connection.execute("create or replace temp table changes as from changes_between('listed', 'before_rows')")
    connection.execute("create or replace temp table departures as from departures_between('listed', 'before_rows')")
    counts = _count(connection)
    later = history.first_after(snapshot_at)
    if later:
        history.correct_later(connection, later)
    files = _write_files(connection, history, listing, run_id, snapshot_at, later)
    if not later:
        history.keep_state(connection, run_id)
    progress = landed.progress
    return Entry(
        listing.name,
        landed.series.coverage,
        landed.series.limit,
        "ok",
        requests=progress.requests,
        pages=progress.pages,
        bytes=progress.bytes,
        seconds=progress.seconds,
        record_count=progress.record_count,
        row_count=row_count,
        duplicate_count=_one(connection, "select count(*) from superseded"),
        rejected=progress.rejected,
        odd_values=progress.odd_values,
        added_count=counts.added,
        changed_count=counts.attributes - counts.added,
        metrics_changed_count=counts.metrics - counts.added if listing.kind else 0,
        left_count=counts.left,
        previous_snapshot_at=previous.snapshot_at if previous else None,
        files=tuple(files),
    )


def _view_listed(connection: duckdb.DuckDBPyConnection, listing: Listing, chunks: Iterable[Path]) -> None:
    connection.execute("set variable chunks = $chunks", {"chunks": [path.as_posix() for path in chunks]})
    connection.execute(f"create or replace temp view chunks as {landing_sql('chunks')}")
    if listing.kind:
        connection.execute("set variable cards_known = (select bool_or(has_card) from chunks)")
        connection.execute(f"create or replace temp view landed as {landing_sql('landed_repositories')}")
    else:
        connection.execute("create or replace temp view landed as from chunks")
    connection.execute(f"create or replace temp table superseded as {landing_sql('superseded')}")
    connection.execute(f"create or replace temp view listed as {landing_sql('listed')}")


def _check_coverage(
    landed: LandedSeries, listing: Listing, row_count: int, previous: Snapshot | None, *, accept_drop: bool
) -> None:
    if row_count == 0:
        landed.restart()
        raise CoverageError(
            f"{landed.series} came back empty, which is taken for a fault upstream. Nothing was published and nobody "
            "counts as removed; run again later."
        )
    before = previous.row_count if previous else 0
    if (
        listing.kind
        and landed.series.coverage == "full"
        and row_count < before * (1 - LARGEST_DROP)
        and not accept_drop
    ):
        raise CoverageError(
            f"{landed.series} has {row_count:,} rows, {before:,} the time before: a loss of more than "
            f"{LARGEST_DROP:.0%} is taken for a fault upstream. Nothing was published, the pages are kept. "
            "If the loss is real, run again with --accept-drop."
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


def _write_files(
    connection: duckdb.DuckDBPyConnection,
    history: History,
    listing: Listing,
    run_id: str,
    snapshot_at: datetime,
    later: Snapshot | None,
) -> list[LandedFile]:
    folder = history.folder / f"run={run_id}"
    folder.mkdir(parents=True, exist_ok=True)
    stamps = {"listed": snapshot_at} | ({"later_rows": later.snapshot_at} if later else {})
    changes = {"listed": "changes", "later_rows": "later_changes"}
    gone = {"listed": "departures", "later_rows": "later_departures"}
    selects = {
        "attributes": [
            f"from new_attributes('{rows}', '{changes[rows]}', timestamp '{at}')" for rows, at in stamps.items()
        ],
        "departures": [
            f"select timestamp '{at}' as snapshot_at, state_key as {listing.key} from {gone[rows]}"
            for rows, at in stamps.items()
        ],
    }
    if listing.kind:
        selects["metrics"] = [
            f"from new_metrics('{rows}', '{changes[rows]}', timestamp '{at}')" for rows, at in stamps.items()
        ]
    files = []
    for table, parts in selects.items():
        path = folder / f"{table}.parquet"
        rows = _one(connection, f"copy ({' union all by name '.join(parts)}) to {literal(path)} {PARQUET}")
        if rows:
            files.append(_describe(history.lake, path, rows))
        else:
            path.unlink()
    sync_folder(folder)
    return files


def _describe(lake: Path, path: Path, rows: int) -> LandedFile:
    sync_file(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return LandedFile(path.relative_to(lake).as_posix(), rows, path.stat().st_size, digest)


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])
