"""The current builds of a home and `CURRENT`, the file that names the one to read."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.duck import literal
from warehouse.errors import LakeError, NoWarehouse
from warehouse.files import sync_file, write_atomically
from warehouse.settings import Home

UNFINISHED = "unpublished"  # as it has been called on disk since the first homes
BUILD_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{10}\.duckdb")


def current_build(home: Home) -> Path:
    """The file that readers open; NoWarehouse before the first is published."""
    try:
        name = _build_name(home, _pointer(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoWarehouse(
            f"Nothing has been collected in {home.path} yet. Run `hubscope collect` for the real Hub, `hubscope pull` "
            "to follow a copy that somebody publishes, or `hubscope demo` for simulated data."
        ) from None
    except OSError as error:
        raise LakeError(
            f"{home.path} cannot be read ({error.strerror}). Set HUBSCOPE_HOME to a folder of yours, or have its owner let you in."
        ) from None
    return home.builds / name


def _build_name(home: Home, text: str) -> str:
    """What CURRENT says, before it is used as a file's name."""
    if not BUILD_NAME.fullmatch(text.strip()):
        raise NoWarehouse(
            f"CURRENT names no build ({text[:40]!r}). Run `{home.remaking}`: it publishes one and names it."
        )
    return text.strip()


def make_current(home: Home, written: Path, build_id: str) -> Path:
    """Make the finished file `written` the current build in one step, then clear all but it and the one before.

    Whoever reads an older build at this moment keeps it until they close it (on Windows it is cleared next time).
    """
    try:
        before = current_build(home).name
    except NoWarehouse:
        before = None
    path = home.builds / f"{build_id}.duckdb"
    sync_file(written)
    written.replace(path)
    write_atomically(_pointer(home), path.name.encode(), durable=True)
    for other in home.builds.glob("*.duckdb*"):
        if other.name not in (path.name, before):
            _remove_unless_open(other)
    return path


def unfinished_file(home: Home) -> Path:
    """Where a build of this process is written; what a killed build left is cleared first."""
    home.builds.mkdir(parents=True, exist_ok=True)
    clear_unfinished(home)
    return home.builds / f"{UNFINISHED}-{os.getpid()}.duckdb"


@contextmanager
def opened_for_writing(path: Path) -> Iterator[Path]:
    """Where DuckDB writes what is to lie at `path`: there, or elsewhere and moved.

    Below a folder with a `?` it cannot write, for it takes what follows for an address's query, and puts its log before that.
    """
    if "?" not in str(path):
        yield path
        return
    with TemporaryDirectory(prefix="hubscope-") as folder:
        elsewhere = Path(folder) / path.name
        yield elsewhere
        shutil.move(elsewhere, path)


def clear_unfinished(home: Home) -> None:
    """Remove what was written and not published, with what DuckDB puts beside it: its log, and a folder it spills into."""
    for left in home.builds.glob(f"{UNFINISHED}-*"):
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def files_in_use(home: Home) -> frozenset[str]:
    """The lake's files that a kept build reads, relative to the lake: whoever has it open may still ask for them."""
    return frozenset(name for path in home.builds.glob("*.duckdb") for name in _files_of(path))


def _files_of(build: Path) -> Iterator[str]:
    with duckdb.connect() as connection:
        try:
            connection.execute(f"attach {literal(build)} as build (read_only)")
            named = connection.execute("select path from build.lake_files").fetchall()
        except duckdb.Error:  # cut or not yet whole: nobody reads it
            return
    yield from (name for (name,) in named)


def _pointer(home: Home) -> Path:
    return home.builds / "CURRENT"


def _remove_unless_open(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # Windows keeps a file that somebody reads
        return
