"""A public copy in a folder as Iceberg tables: metadata beside its files, by which other engines read the very same rows."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet

from warehouse.duck import UNWRITTEN, why
from warehouse.errors import PublishError
from warehouse.files import write_atomically
from warehouse.publication.content import MANIFEST, SNAPSHOTS

FOLDER, TABLES = "iceberg", "tables.json"


def require_pyiceberg() -> None:
    """Raises PublishError when it is not installed."""
    try:
        import pyiceberg.catalog.sql  # noqa: F401
    except ImportError as error:
        raise PublishError(
            f"--iceberg needs {error.name}, which this hubscope was installed without. Nothing was published; install it with "
            "`pip install 'hubscope[iceberg]'`, or publish without --iceberg."
        ) from error


def write_iceberg(target: Path, snapshot: str) -> Path:
    """Write metadata of each table of a published snapshot below `target`/iceberg/<snapshot>; returns the list of tables.

    No rows are copied. Iceberg names files by their whole path, so the metadata hold where the folder lies now: whoever moves it writes
    them anew. The list (`tables.json`, table to its metadata file, relative) comes last; without it what is there is written again.
    """
    from pyiceberg.catalog.sql import SqlCatalog

    data, folder = target.resolve() / SNAPSHOTS / snapshot, target.resolve() / FOLDER / snapshot
    listed = folder / TABLES
    if listed.exists():
        return listed
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        catalog = SqlCatalog("hubscope", uri="sqlite:///:memory:", warehouse=str(folder))
        catalog.create_namespace("hubscope")
        written = {}
        for file in json.loads((data / MANIFEST).read_bytes())["files"]:
            path = data / file["name"]
            schema = pyarrow.parquet.read_schema(path).remove_metadata()
            name = ("hubscope", path.stem)
            with catalog.create_table_transaction(name, schema, location=str(folder / path.stem)) as made:
                made.add_files([str(path)])
            written[path.stem] = Path(catalog.load_table(name).metadata_location).relative_to(folder).as_posix()
        catalog.close()
        write_atomically(listed, (json.dumps(written, indent=1) + "\n").encode(), durable=True)
    except UNWRITTEN as error:
        raise PublishError(
            f"The Iceberg metadata could not be written to {folder} ({why(error)}). The copy itself is published; make room and run "
            "again."
        ) from error
    return listed
