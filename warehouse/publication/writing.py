"""One publication, written whole into a folder of its own before anyone sees it."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from warehouse.duck import literal, parquet, pattern, sql_text, why
from warehouse.errors import NoWarehouse
from warehouse.lake.lake import Lake
from warehouse.listings import LISTINGS, Source
from warehouse.manifest import Manifest, lake_path, run_id_of, software_version
from warehouse.publication.content import (
    HISTORY,
    MANIFEST,
    Column,
    Publication,
    PublishedFile,
    PublishedHistory,
    PublishedSeries,
)
from warehouse.publication.credits import sources_of
from warehouse.publication.inventory import MARTS, OF_REPOSITORIES, query_of, told
from warehouse.read import MEMORY_LIMIT, Warehouse, open_current
from warehouse.settings import Home

PUBLIC_HOSTS = {"huggingface.co", "api.openai.com"} | {
    urlsplit(listing.credited.address).netloc for listing in LISTINGS.values() if listing.credited
}
"""That everybody may know were asked."""


def write_publication(home: Home, folder: Path) -> Publication:
    """Write the tables of the current build, their history and their manifest into the empty `folder`.

    NoWarehouse before the first build, and where the build is older than a table that is published.
    """
    warehouse, manifests = open_current(home), Lake(home).manifests()
    spill = folder / "spill"
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(spill)}) as connection:
        connection.execute(f"attach {literal(warehouse.path)} as build (read_only)")
        connection.execute("use build")
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        hosts = _hosts(manifests)
        try:
            written = {table: _write_table(connection, table, hosts, folder) for table in told()}
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise NoWarehouse(
                f"The current build was made by an older hubscope and lacks what a public copy holds ({why(error)}). "
                "Nothing was published; run `hubscope build` first."
            ) from None
        publication = _signed(connection, warehouse, manifests, folder, written)
    shutil.rmtree(spill, ignore_errors=True)
    (folder / MANIFEST).write_bytes(publication.manifest)
    return publication


def _signed(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    manifests: Iterable[Manifest],
    folder: Path,
    written: dict[str, PublishedFile],
) -> Publication:
    """What was written, with the history beside it."""
    reference = [table for table in told() if table not in MARTS]
    owed = connection.execute(sql_text("publication", "owed"), {"tables": reference}).fetchall()
    (built_at,) = connection.execute("select built_at from build_meta").fetchall()[0]
    return Publication(
        folder,
        f"{warehouse.newest_snapshot_at:%Y-%m-%dT%H%M%SZ}",
        warehouse.newest_snapshot_at,
        warehouse.build_id,
        built_at,
        software_version(),
        warehouse.is_simulated,
        tuple(PublishedSeries(*row) for row in connection.execute(sql_text("publication", "series")).fetchall()),
        (*sources_of(manifests), *(Source(*row) for row in owed)),
        tuple(written.values()),
        tuple(_write_history(connection, warehouse.home, folder)),
        {table: _columns(connection, folder / file.name) for table, file in written.items()},
    )


def _hosts(manifests: Iterable[Manifest]) -> set[str]:
    """All servers that the runs asked, with and without their port, but for those that everybody knows."""
    asked = {manifest.endpoint for manifest in manifests}
    asked |= {entry.server for manifest in manifests for entry in manifest.listings if entry.server}
    parts = [urlsplit(address) for address in asked]
    return {name for part in parts for name in (part.netloc, part.hostname) if name} - PUBLIC_HOSTS


def _write_table(
    connection: duckdb.DuckDBPyConnection, table: str, hosts: Iterable[str], folder: Path
) -> PublishedFile:
    path = folder / f"{table}.parquet"
    rows = _copy(connection, query_of(table, hosts), path)
    edition = "whole" if table in OF_REPOSITORIES else "small"
    return PublishedFile(path.name, rows, path.stat().st_size, _digest(path), edition)


def _write_history(connection: duckdb.DuckDBPyConnection, home: Home, folder: Path) -> Iterator[PublishedHistory]:
    """Without what no query asks of the lake's own files, and cut otherwise: the same rows however the lake was compacted."""
    named = connection.execute("select path from lake_files where part = 'metrics'").fetchall()
    if not named:
        return
    files = [pattern(home.lake / lake_path(path)) for (path,) in named]
    connection.execute("set variable lake_metrics = $files", {"files": files})
    connection.execute(f"create temp view counter_changes as {sql_text('views', 'counter_changes')}")
    unnamed = folder / "metrics.parquet"
    for kind, coverage, period, first, newest in connection.execute(sql_text("publication", "periods")).fetchall():
        asked = {"kind": kind, "coverage": coverage, "first": first, "newest": newest}
        rows = _copy(connection, sql_text("publication", "counters"), unnamed, asked)
        digest = _digest(unnamed)
        path = _history_path(kind, coverage, period, digest)
        place = folder / path
        place.parent.mkdir(parents=True)
        unnamed.rename(place)
        yield PublishedHistory(path, f"hub_{kind}s", coverage, first, newest, rows, place.stat().st_size, digest)


def _history_path(kind: str, coverage: str, period: datetime, sha256: str) -> str:
    """As the lake names its files, with digits of the content where it counts how often a file was written anew."""
    return f"{HISTORY}/hub_{kind}s/coverage={coverage}/run={run_id_of(period)}.{int(sha256[:12], 16)}/metrics.parquet"


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, asked: dict[str, object] | None = None) -> int:
    form = "(format parquet, compression zstd, compression_level 9, row_group_size 122880)"
    return int(connection.execute(f"copy ({query}) to {literal(path)} {form}", asked).fetchall()[0][0])


def _digest(path: Path) -> str:
    with path.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Column, ...]:
    described = connection.execute(f"select column_name, column_type from (describe from {parquet([path])})").fetchall()
    return tuple(Column(name, kind.lower()) for name, kind in described)
