"""What `compact` and `prune` share: files written anew, checked against the old ones, and taken over in one step."""

import dataclasses
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.duck import UNWRITTEN, landing_connection, parquet, sql_text, why
from warehouse.errors import HubscopeError, LakeError
from warehouse.lake.lake import Lake
from warehouse.lake.series import LakeSeries, LakeSnapshot
from warehouse.lake.snapshot import write_files
from warehouse.lake.switch import switch
from warehouse.listings import PARTS
from warehouse.manifest import Entry, LandedFile, Manifest
from warehouse.marts.build import build
from warehouse.settings import Home

MEMORY_LIMIT = "1GB"
"""For sorting a month of rows; what is larger spills beside the data."""

Say = Callable[[str], None]
Changes = dict[tuple[str, str, str], Entry]
"""Run id, listing and coverage → what its manifest is to say instead."""


@dataclass(frozen=True)
class Size:
    """What the lake's rows take on disk."""

    files: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.files:,} files, {self.bytes / 1e6:,.1f} MB"


def size_of(manifests: Iterable[Manifest]) -> Size:
    """How many files the manifests name, and of how many bytes."""
    files = [file for manifest in manifests for entry in manifest.listings for file in entry.files]
    return Size(len(files), sum(file.bytes for file in files))


@contextmanager
def upkeep(home: Home) -> Iterator[tuple[Lake, duckdb.DuckDBPyConnection]]:
    """A built lake without leftovers, and a database to work on it. Whatever goes wrong before the switch leaves the lake as it was.

    Call it under the home's lock.
    """
    lake = Lake(home)
    spill = home.landing / "upkeep"
    build(home)  # what is merged into files of older runs must be in the marts already
    lake.clear_leftovers()
    try:
        with landing_connection(spill, MEMORY_LIMIT) as connection:
            yield lake, connection
    except HubscopeError:
        lake.clear_leftovers()
        raise
    except UNWRITTEN as error:
        lake.clear_leftovers()
        raise LakeError(
            f"The lake could not be rewritten ({why(error)}). No snapshot and no row is lost; make room and run again."
        ) from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)
    build(home)


def take_over(lake: Lake, changes: Mapping[tuple[str, str, str], Entry]) -> None:
    """Make these entries count, all in one step."""
    changed = []
    for manifest in lake.manifests():
        entries = tuple(
            changes.get((manifest.run_id, entry.listing, entry.coverage), entry) for entry in manifest.listings
        )
        if entries != manifest.listings:
            changed.append(dataclasses.replace(manifest, listings=entries))
    switch(lake.path, changed)


def write_months(
    connection: duckdb.DuckDBPyConnection, series: LakeSeries, kept: Iterable[LakeSnapshot], selects: Mapping[str, str]
) -> dict[str, list[LandedFile]]:
    """The rows of each select (by table), one file a month, sorted by key; run id → its new files.

    A month belongs to its first kept run, so that no row is older than the run that names it.
    """
    written = {}
    firsts: dict[tuple[int, int], str] = {}
    for snapshot in kept:
        firsts.setdefault((snapshot.snapshot_at.year, snapshot.snapshot_at.month), snapshot.run_id)
    for (year, month), run_id in firsts.items():
        since, until = datetime(year, month, 1), datetime(year + month // 12, month % 12 + 1, 1)
        of_month = {
            table: f"select * from ({select}) where snapshot_at >= timestamp '{since}' and snapshot_at < timestamp '{until}' "
            f"order by {series.listing.key}, snapshot_at"
            for table, select in selects.items()
        }
        if files := write_files(connection, series, _unused_name(series, run_id), of_month):
            written[run_id] = files
    return written


def replaced(entry: Entry, retired: set[str], written: Sequence[LandedFile], **changes: object) -> Entry:
    """The entry with other files."""
    kept = tuple(file for file in entry.files if file.path not in retired)
    return dataclasses.replace(entry, files=(*kept, *written), **changes)  # type: ignore[arg-type]


def rows_of(lake: Path, paths: Iterable[str], table: str, *, with_names: bool = False) -> str | None:
    """The rows of these files of one table as SQL; None without any."""
    files = [lake / path for path in paths if path.endswith(f"/{table}.parquet")]
    return f"from {parquet(files, 'union_by_name = true', f'filename = {with_names}')}" if files else None


def view_rows(connection: duckdb.DuckDBPyConnection, lake: Path, paths: Sequence[str], prefix: str = "") -> None:
    """The rows of these files as the views `attributes`, `metrics` and `departures`, which may have none."""
    connection.execute(sql_text("upkeep", "empty"))
    for table in PARTS:
        rows = rows_of(lake, paths, table)
        sources = ([rows] if rows else []) + [f"from no_{table}"]
        connection.execute(f"create or replace temp view {prefix}{table} as {' union all by name '.join(sources)}")


def content_sum(connection: duckdb.DuckDBPyConnection, select: str) -> tuple[int, int | None]:
    """Number of rows and a sum over their content, in whatever order they come."""
    found = connection.execute(
        f"select count(*), sum(hash(cast(listed as varchar))) from (select * from ({select})) as listed"
    )
    return found.fetchall()[0]


def refuse_difference(what: str, before: object, after: object) -> None:
    """LakeError when new files do not hold what the old ones do."""
    if before != after:
        raise LakeError(
            f"{what}: the new files do not hold what the old ones do ({before}, {after}). Nothing was changed; please report it."
        )


def _unused_name(series: LakeSeries, run_id: str) -> str:
    number = 1
    while (series.folder / f"run={run_id}.{number}").exists():
        number += 1
    return f"{run_id}.{number}"
