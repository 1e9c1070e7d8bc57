"""A copy's files as the current build of a home: read into a new DuckDB file beside the others, then switched to in one step."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.builds import clear_unfinished, files_in_use, make_current, opened_for_writing, unfinished_file
from warehouse.copies.offer import PARTS_OF_OTHERS, WHOLE, Offer, OfferedTable
from warehouse.duck import UNWRITTEN, fill, literal, parquet, why
from warehouse.errors import BuildError, CopyError
from warehouse.manifest import LAKE_PATH
from warehouse.read import Copied
from warehouse.settings import Home

MEMORY_LIMIT = "120MB"
"""What is larger spills; with Python and what it imports a pull of any size stays under 300 MB."""
LONG = 1_000_000
"""Rows of a table from which on it is said that it is being written: seconds, or a minute."""
OWN_TABLES = frozenset({"build_meta", "lake_files"})
"""That a build makes of itself."""


def load(home: Home, offer: Offer, paths: Mapping[str, Path], copied: Copied, say: Callable[[str], None]) -> Path:
    """Make the taken files the current build. Call it under the home's lock, when all of them have been checked.

    paths: where the file of each table lies, by its name. The history lies in the lake by now.

    Raises CopyError when a file does not hold what the manifest says, BuildError when the disk is full: the last build stays.
    """
    written = unfinished_file(home)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": 2,
        "temp_directory": f"{written}.spill",
    }
    try:
        with opened_for_writing(written) as place, duckdb.connect(place, config=config) as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute("set enable_progress_bar = false")
            connection.execute("begin")  # else each table waits for the disk
            for table in sorted(
                offer.tables, key=lambda table: table.name in PARTS_OF_OTHERS
            ):  # a view comes after its table
                if table.rows >= LONG:
                    say(f"building: {table.rows:,} rows of {table.name}")
                _create(connection, table, paths.get(table.name), copied)
            _create_lake_files(connection, offer, copied.edition)
            _sign(connection, offer, copied)
            connection.execute("commit")
            connection.execute("checkpoint")
        made = make_current(home, written, _file_name(offer, copied))
    except UNWRITTEN as error:
        raise BuildError(
            f"The copy came whole, but its tables could not be written ({why(error)}). What this home showed before stays, and what "
            "came is kept; make room and run again."
        ) from error
    finally:
        clear_unfinished(home)
    clear_history(home)
    return made


def clear_history(home: Home) -> None:
    """Remove the files of the history that no build names any more."""
    wanted = files_in_use(home)
    for path in home.lake.rglob("*.parquet"):
        name = path.relative_to(home.lake).as_posix()
        if LAKE_PATH.fullmatch(name) and name not in wanted:
            path.unlink()


def _create(connection: duckdb.DuckDBPyConnection, table: OfferedTable, path: Path | None, copied: Copied) -> None:
    if table.name in OWN_TABLES:
        raise _not_as_told(copied, table.name, "is a name that no table of a copy has")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns)
    if path is not None:
        _fill(connection, table, path, copied)
    elif whole := PARTS_OF_OTHERS.get(table.name):
        names = ", ".join(f'"{name}"' for name, _ in table.columns)
        connection.execute(f"create view {table.name} as select {names} from {whole} where is_current")
    else:
        connection.execute(f"create table {table.name} ({columns})")


def _fill(connection: duckdb.DuckDBPyConnection, table: OfferedTable, path: Path, copied: Copied) -> None:
    try:
        described = connection.execute(
            f"select column_name, lower(column_type) from (describe from {parquet([path])})"
        ).fetchall()
        if tuple(described) != table.columns:
            raise _not_as_told(copied, table.name, "has other columns")
        connection.execute(f"create table {table.name} as from {parquet([path])}")
        (rows,) = connection.execute(f"select count(*) from {table.name}").fetchall()[0]
    except (duckdb.InvalidInputException, duckdb.DataError) as error:
        raise _not_as_told(copied, table.name, f"is no whole Parquet file: {why(error)}") from None
    if rows != table.rows:
        raise _not_as_told(copied, table.name, f"has {rows:,} rows")


def _create_lake_files(connection: duckdb.DuckDBPyConnection, offer: Offer, edition: str) -> None:
    """As a build of one's own names the files of its lake."""
    connection.execute(
        "create table lake_files (path varchar, run_id varchar, snapshot_at timestamp, listing varchar, coverage varchar, "
        "part varchar, row_count bigint)"
    )
    run_id = offer.build_id.partition("-")[0]
    fill(
        connection,
        "lake_files",
        [
            (file.lake_path, run_id, file.newest_snapshot_at, file.listing, file.coverage, "metrics", file.rows)
            for file in offer.history_of(edition)
        ],
    )


def _sign(connection: duckdb.DuckDBPyConnection, offer: Offer, copied: Copied) -> None:
    """What the publisher's build says of itself; whose copy it is stands beside it, and in no table."""
    connection.execute(
        "create table build_meta as select $1 as build_id, $2::timestamp as built_at, $3 as version, 'copied' as sql_fingerprint, "
        "$4::boolean as is_simulated, $5::timestamp as newest_snapshot_at",
        [
            offer.build_id + ("" if copied.edition == WHOLE else f"-{copied.edition}"),
            offer.built_at,
            offer.version,
            offer.is_simulated,
            offer.snapshot_at,
        ],
    )
    said = json.dumps(asdict(copied), default=datetime.isoformat)
    connection.execute(f"comment on table build_meta is {literal(said)}")


def _file_name(offer: Offer, copied: Copied) -> str:
    """As builds are named, and another for each source and edition: a build is never written again."""
    digest = hashlib.sha256(f"{copied.source} {copied.edition} {copied.manifest_sha256}".encode()).hexdigest()
    return f"{offer.build_id.partition('-')[0]}-{digest[:10]}"


def _not_as_told(copied: Copied, table: str, what: str) -> CopyError:
    return CopyError(
        f"{copied.source}: {table} {what}, other than its manifest says. What this home showed before stays; tell its publisher, or "
        "take another source."
    )
