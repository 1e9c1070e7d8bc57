"""One publication, written whole into a folder of its own before anyone sees it."""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.duck import literal, parquet, sql_text, why
from warehouse.errors import NoWarehouse
from warehouse.lake.lake import Lake
from warehouse.listings import Source
from warehouse.manifest import software_version
from warehouse.publication.credits import sources_of
from warehouse.read import MEMORY_LIMIT, open_current
from warehouse.relations import read_relations
from warehouse.settings import Home

SNAPSHOTS = "snapshots"
"""The folder that holds a folder for each published snapshot, named for it."""
MANIFEST = "manifest.json"
TABLES = (
    "repositories",
    "snapshots",
    "population",
    "census",
    "growth",
    "licence_mix",
    "task_coverage",
    "library_use",
    "language_coverage",
    "family_use",
    "family_licences",
    "lineage_families",
    "lineage_bases",
    "family_bases",
    "model_sizes",
    "size_by_month",
    "concentration",
    "downloads_top",
    "author_ranking",
    "origin_mix",
    "task_licences",
    "derivative_makers",
    "openness_systems",
    "openai_models",
    "openai_events",
    "catalogue",
    "price_steps",
    "pypi_downloads",
)
"""What a public reader wants, in the order of the card: how things stand, then how they came to be."""
REFERENCE = ["author_sources", "openness_index"]
"""The reference tables of others that the published marts are made with."""
KEPT_BACK = {"snapshots": ("endpoint",)}
"""Columns that say how this observatory reaches the Hub: a mirror's address is nobody else's business."""


@dataclass(frozen=True)
class PublishedFile:
    """One file of a publication, by its name in the publication's folder."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Column:
    """One field of a published table."""

    name: str
    type: str


@dataclass(frozen=True)
class PublishedSeries:
    """One series as the publication holds it."""

    listing: str
    coverage: str
    coverage_limit: int | None
    first_snapshot_at: datetime
    newest_snapshot_at: datetime
    snapshot_count: int
    row_count: int
    """In the newest snapshot."""


@dataclass(frozen=True)
class Publication:
    """What was written, and what it says of itself."""

    folder: Path
    name: str
    """Of the newest snapshot: `2026-11-26T120000Z`."""
    snapshot_at: datetime
    build_id: str
    version: str
    is_simulated: bool
    series: tuple[PublishedSeries, ...]
    sources: tuple[Source, ...]
    files: tuple[PublishedFile, ...]
    columns: dict[str, tuple[Column, ...]]
    """By table."""

    @property
    def path(self) -> str:
        """Relative to where it is published."""
        return f"{SNAPSHOTS}/{self.name}"

    @property
    def manifest(self) -> bytes:
        """The same for the same data, whenever it is written."""
        said = {
            "snapshot": self.name,
            "snapshot_at": self.snapshot_at,
            "build_id": self.build_id,
            "version": self.version,
            "is_simulated": self.is_simulated,
            "series": [asdict(series) for series in self.series],
            "sources": [asdict(source) for source in self.sources],
            "files": [asdict(file) for file in self.files],
        }
        return json.dumps(said, default=datetime.isoformat, indent=1, ensure_ascii=False).encode() + b"\n"


def write_publication(home: Home, folder: Path) -> Publication:
    """Write the marts of the current build and their manifest into the empty `folder`; NoWarehouse before the first build."""
    warehouse = open_current(home)
    spill = folder / "spill"
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(spill)}) as connection:
        connection.execute(f"attach {literal(warehouse.path)} as build (read_only)")
        connection.execute("use build")
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        try:
            written = {table: _write(connection, table, folder) for table in TABLES}
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise NoWarehouse(
                f"The current build was made by an older hubscope and lacks what a public copy holds ({why(error)}). "
                "Nothing was published; run `hubscope build` first."
            ) from None
        columns = {table: _columns(connection, folder / file.name) for table, file in written.items()}
        series = tuple(
            PublishedSeries(*row) for row in connection.execute(sql_text("publication", "series")).fetchall()
        )
        owed = [
            Source(*row)
            for row in connection.execute(sql_text("publication", "owed"), {"tables": REFERENCE}).fetchall()
        ]
    shutil.rmtree(spill, ignore_errors=True)
    publication = Publication(
        folder,
        f"{warehouse.newest_snapshot_at:%Y-%m-%dT%H%M%SZ}",
        warehouse.newest_snapshot_at,
        warehouse.build_id,
        software_version(),
        warehouse.is_simulated,
        series,
        (*sources_of(Lake(home).manifests()), *owed),
        tuple(written.values()),
        columns,
    )
    (folder / MANIFEST).write_bytes(publication.manifest)
    return publication


def _write(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> PublishedFile:
    """Sorted by the table's key, so that the same rows are the same bytes."""
    grain = next(relation.grain for relation in read_relations() if relation.name == table)
    path = folder / f"{table}.parquet"
    hidden = KEPT_BACK.get(table)
    columns = f"* exclude ({', '.join(hidden)})" if hidden else "*"
    rows = connection.execute(
        f"copy (select {columns} from {table} order by {', '.join(grain)}) to {literal(path)} "
        "(format parquet, compression zstd, row_group_size 122880)"
    ).fetchall()[0][0]
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return PublishedFile(path.name, rows, path.stat().st_size, digest)


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Column, ...]:
    described = connection.execute(f"select column_name, column_type from (describe from {parquet([path])})").fetchall()
    return tuple(Column(name, kind.lower()) for name, kind in described)
