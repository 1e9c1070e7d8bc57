"""Daily download counters that others kept, taken into the lake as they are: changed rows only, straight from file to file.

They are no snapshots: they know only the repositories that were still there when they were published.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import duckdb

from warehouse.duck import landing_connection, literal, parquet, pattern
from warehouse.errors import BadPage
from warehouse.files import below, sync_file, sync_folder
from warehouse.lake.lake import Lake
from warehouse.manifest import Entry, LandedFile, Manifest, Origin, run_id_of, software_version
from warehouse.settings import Home

LISTING, COVERAGE = "hub_counters", "archive"
KEYS = ("hub_id", "_id", "repository_key")
DAYS = ("date", "day", "counted_on", "snapshot_date")
COUNTERS = (
    "downloads_all_time",
    "downloadsAllTime",
    "all_time",
    "downloads_total",
    "cumulative_downloads",
    "downloads",
)
"""Names under which the published file may call its columns, likeliest first: only the key's is documented."""
SAMPLE = 1_000
"""One repository in so many is looked at to tell a running total from the number of a day."""
FALLING = 0.1
"""A running total falls on fewer of its days than this: only when the Hub takes downloads back."""
MEMORY_LIMIT = "1GB"


@dataclass(frozen=True)
class _Columns:
    """How the file calls what is taken from it."""

    key: str
    day: str
    counter: str
    is_total: bool


def held_counters(lake: Lake, revision: str) -> Manifest | None:
    """The run that took this revision of the counters, if there is one."""
    for manifest in lake.manifests():
        entry = manifest.entry(LISTING, COVERAGE)
        if entry and entry.origin and entry.origin.revision == revision:
            return manifest
    return None


def land_counters(home: Home, path: Path, origin: Origin, *, taken_at: datetime, is_simulated: bool) -> Manifest:
    """The file's rows in the lake, dated by their last day; BadPage when it cannot be read, LakeError when the disk is full."""
    lake = Lake(home)
    with lake.writing(is_simulated=is_simulated, kept="It is as it was before; make room and run again."):
        written = below(home.lake, LISTING, f"coverage={COVERAGE}", f"run={run_id_of(taken_at)}", "counters.parquet")
        written.parent.mkdir(parents=True, exist_ok=True)
        try:
            with landing_connection(path.parent / "spill", MEMORY_LIMIT) as connection:
                rows, last_day = _copy(connection, path, written)
        except (duckdb.InvalidInputException, duckdb.DataError) as error:
            raise BadPage(
                f"The counters are no whole Parquet file ({str(error).splitlines()[0]}). Nothing was added."
            ) from None
        sync_file(written)
        sync_folder(written.parent)
        manifest = _manifest(home, written, rows, last_day, origin, taken_at=taken_at, is_simulated=is_simulated)
        lake.write_manifest(manifest)
    return manifest


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, written: Path) -> tuple[int, datetime]:
    columns = _columns(connection, path)
    counter = f'"{columns.counter}"'
    total, in_day = (counter, "null") if columns.is_total else ("null", counter)
    rows = connection.execute(
        f"""
        copy (
            select
                cast("{columns.key}" as varchar) as repository_key,
                cast("{columns.day}" as date) as counted_on,
                count_of({total}) as downloads_all_time,
                count_of({in_day}) as downloads_in_day
            from {parquet([path], "binary_as_string = true")}
            where "{columns.key}" is not null and "{columns.day}" is not null
        ) to {literal(written)} (format parquet, compression zstd)
        """
    ).fetchall()[0][0]
    last_day = connection.execute(f"select max(counted_on) from {parquet([written])}").fetchall()[0][0]
    if not rows:
        raise BadPage("The counters hold no row, which is taken for a fault upstream. Nothing was added.")
    return rows, datetime.combine(last_day, time())


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> _Columns:
    """BadPage when the file does not say which repository, which day, or how many."""
    described = connection.execute(
        f"select column_name, column_type from (describe from {parquet([path], 'binary_as_string = true')})"
    )
    types = dict(described.fetchall())
    key, day, counter = (_first(types, names) for names in (KEYS, DAYS, COUNTERS))
    if not key or not day or not counter:
        raise BadPage(
            f"The counters have the columns {', '.join(types)}, where a repository ({', '.join(KEYS)}), a day ({', '.join(DAYS)}) "
            f"and a number ({', '.join(COUNTERS)}) were looked for. Nothing was added; a later hubscope may know them."
        )
    falling = connection.execute(
        f"""
        with sampled as (
            select count_of("{counter}") - lag(count_of("{counter}")) over (partition by "{key}" order by "{day}") as step
            from {parquet([path], "binary_as_string = true")}
            where hash("{key}") % {SAMPLE if _rows(connection, path) > SAMPLE * SAMPLE else 1} = 0
        )
        select avg((step < 0)::integer) from sampled where step is not null
        """
    ).fetchall()[0][0]
    is_total = falling < FALLING if falling is not None else counter != "downloads"
    return _Columns(key, day, counter, is_total)


def _rows(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    return int(
        connection.execute(
            f"select sum(num_rows)::bigint from parquet_file_metadata({literal(pattern(path))})"
        ).fetchall()[0][0]
    )


def _first(types: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in types), None)


def _manifest(
    home: Home, written: Path, rows: int, last_day: datetime, origin: Origin, *, taken_at: datetime, is_simulated: bool
) -> Manifest:
    with written.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    file = LandedFile(written.relative_to(home.lake).as_posix(), rows, written.stat().st_size, digest)
    entry = Entry(
        LISTING,
        COVERAGE,
        None,
        "ok",
        requests=1,
        pages=1,
        bytes=file.bytes,
        record_count=rows,
        row_count=rows,
        files=(file,),
        origin=origin,
    )
    endpoint = origin.address.split("/resolve/")[0]
    return Manifest(
        run_id_of(taken_at),
        last_day,
        "counters",
        taken_at,
        taken_at,
        software_version(),
        endpoint,
        is_simulated,
        (entry,),
    )
