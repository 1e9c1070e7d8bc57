"""The read side: finished builds only, which are never written again, so a run is never disturbed.

A build is opened once and kept while it is asked: opening takes forty times as long as most questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.builds import current_build
from warehouse.duck import literal, pattern, why
from warehouse.errors import DamagedBuild, NoWarehouse
from warehouse.manifest import lake_path
from warehouse.marts.queries import LAKE_VIEWS, lake_views, named_parameters, query_text, with_gaps, with_literals
from warehouse.settings import Home

if TYPE_CHECKING:  # half a second that the short commands do not have
    import pandas as pd

    from warehouse.sandbox.process import Request
MEMORY_LIMIT = "2GB"
"""For all our own questions at once; a reader's own has less (`sandbox`)."""
MOST_ROWS = 10_000
MOST_BYTES = 20_000_000
"""Of a reader's answer; in proportion where more rows are asked for."""
THREADS = 2


@dataclass(frozen=True)
class Snapshot:
    """One dated state of a listing, as the current build holds it."""

    kind: str
    """Of repositories: "model", "dataset", "space"; of another listing its name."""
    coverage: str
    coverage_limit: int | None
    """How many repositories were asked for; None for the whole listing."""
    is_whole: bool
    """Whether it lists every repository, whoever listed them."""
    snapshot_at: datetime
    repository_count: int
    previous_snapshot_at: datetime | None
    elapsed_days: float | None
    """Since the snapshot before; None for the first."""
    endpoint: str
    is_simulated: bool


@dataclass(frozen=True)
class Copied:
    """Whose copy a build is."""

    source: str
    """A folder, or an address."""
    edition: str
    """whole, or small: without a row for each repository."""
    manifest_sha256: str
    version: str
    """Of the hubscope that published it."""

    @property
    def publisher(self) -> str:
        """The source as everybody may read it: where a folder lies on this machine is nobody's business."""
        return self.source if "://" in self.source else PurePath(self.source).name


@dataclass(frozen=True)
class Warehouse:
    """One finished build. It answers the same until two newer ones are published."""

    home: Home
    path: Path
    build_id: str
    is_simulated: bool
    newest_snapshot_at: datetime
    """The newest run that landed anything (naive UTC)."""
    copied: Copied | None = None
    """Whose copy it is; None of what was collected here."""
    connection: duckdb.DuckDBPyConnection | None = field(default=None, compare=False, repr=False)
    """One that is held for a whole export; None where each question has its own."""

    @property
    def knows_each(self) -> bool:
        """Whether it has a row for each repository: the small edition of a copy has none."""
        return self.copied is None or self.copied.edition == "whole"

    @contextmanager
    def holding(self) -> Iterator[Warehouse]:
        """The same build on one connection, for an export of many minutes: newer builds may clear the file meanwhile."""
        with self._open("") as connection:
            yield replace(self, connection=connection)

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Frame of the query `<name>` (`sql/queries`, `sql/practice`), or else of the mart or reference table of that name, in its order.

        Of a mart that has rows for each snapshot: those of `kind`, `coverage` and `snapshot_at`. Parameters that the query
        does not name are passed over; QueryError if one is missing.

        NoWarehouse when the build is older than the query and lacks a table or column of it.
        """
        with self._asked(name, parameters) as answered:
            return answered.df()

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The same without pandas: a row is column to value, and what is unknown is None."""
        with self._asked(name, parameters) as answered:
            columns = [column[0] for column in answered.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in answered.fetchall()]

    @contextmanager
    def _asked(self, name: str, parameters: dict[str, Any]) -> Iterator[duckdb.DuckDBPyConnection]:
        text = query_text(name)
        with self._held(text) as connection:
            try:
                yield connection.execute(text, named_parameters(name, text, parameters))
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                lacks = f"lacks what {name} reads ({str(error).splitlines()[0]})"
                if self.copied:
                    raise NoWarehouse(
                        f"The copy of {self.copied.publisher} was published by hubscope {self.copied.version} and {lacks}. Its "
                        "publisher needs to update hubscope; `hubscope pull` then takes the next snapshot."
                    ) from None
                raise NoWarehouse(
                    f"The current build was made by an older hubscope and {lacks}. Run `hubscope build`: it makes all tables from "
                    "what is collected."
                ) from None

    def sql(self, name: str, **parameters: Any) -> str:
        """The same query with its parameters written in: it runs as it stands in `hubscope query`."""
        text = query_text(name)
        return with_literals(text, named_parameters(name, text, parameters))

    def frame(self, name: str, **parameters: Any) -> str:
        """The same with blanks in place of what a reader is to find."""
        text = with_gaps(query_text(name))
        return with_literals(text, named_parameters(name, text, parameters))

    def snapshot(self, kind: str, coverage: str | None = None, as_of: datetime | None = None) -> Snapshot | None:
        """The newest snapshot of a kind, or of another listing by its name, taken at or before `as_of` (naive UTC).

        Without `coverage`: the widest there is by then (the whole listing, else the top, else the newest repositories).
        """
        return _snapshot(self, kind, coverage, as_of)

    def readers_request(self, text: str, *, limit: int = MOST_ROWS, timeout: float = 10) -> Request:
        """A reader's own query and all that it may see: this build, and the lake's files where it names a view on them.

        It is answered by `sandbox`, in a process of its own. `timeout` is in seconds.
        """
        from warehouse.sandbox.process import Request

        views = lake_views(text)
        parts = sorted({LAKE_VIEWS[view] for view, _ in views})
        home = self.home.path
        files = {part: [path.relative_to(home) for path in self._lake_files(part)] for part in parts}
        return Request(
            text=text,
            home=str(home),
            build=self.path.relative_to(home).as_posix(),
            views=tuple((view, sql) for view, sql in views if files[LAKE_VIEWS[view]]),
            files=tuple((f"lake_{part}", tuple(map(pattern, paths))) for part, paths in files.items() if paths),
            paths=tuple(path.as_posix() for paths in files.values() for path in paths),
            most_rows=limit,
            most_bytes=MOST_BYTES * max(1, limit // MOST_ROWS),
            seconds=timeout,
        )

    def run_sql(self, text: str, *, limit: int = MOST_ROWS, timeout: float = 10) -> pd.DataFrame:
        """The first `limit` rows of a reader's own query. QueryError, in words, when it is refused, fails or needs too much."""
        from warehouse.sandbox.process import answer
        from warehouse.sandbox.written import frame_of

        return frame_of(answer(self.readers_request(text, limit=limit, timeout=timeout)))

    @contextmanager
    def _open(self, text: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own that sees the build read-only, and the lake's own rows when `text` speaks of them."""
        with self._kept().cursor() as connection:
            connection.execute("use build")
            connection.execute("set timezone = 'UTC'")
            for view, sql in lake_views(text):
                self._show(connection, view, sql)
            yield connection

    def _kept(self) -> duckdb.DuckDBPyConnection:
        """The build as it lies on the disk, open. NoWarehouse when it is no longer there."""
        try:
            found = self.path.stat()
            return _attached(self.path, (found.st_ino, found.st_size, found.st_mtime_ns))
        except (OSError, duckdb.Error) as error:
            if current_build(self.home) == self.path:
                raise damaged(self.home, self.path, error) from None
            raise NoWarehouse(f"Build {self.build_id} was cleared after newer ones. Open the current one.") from None

    @contextmanager
    def _held(self, text: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection that is held; what reads the lake itself opens its own."""
        if self.connection is not None and not lake_views(text):
            yield self.connection
        else:
            with self._open(text) as connection:
                yield connection

    def _show(self, connection: duckdb.DuckDBPyConnection, view: str, sql: str) -> None:
        part = LAKE_VIEWS[view]
        files = _files_named(connection, self.home, part)
        if files:
            connection.execute(f"set variable lake_{part} = $files", {"files": list(map(pattern, files))})
            connection.execute(f"create temp view {view} as {sql}")

    def _lake_files(self, part: str) -> list[Path]:
        with self._open("") as connection:
            return _files_named(connection, self.home, part)


@lru_cache(maxsize=2)  # the build that is read, and the one before it while pages still show it
def _attached(path: Path, state: tuple[int, ...]) -> duckdb.DuckDBPyConnection:
    """A database of ours that reads the build; its limits hold for all who ask at once. Opened anew when `state` differs."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "python_enable_replacements": False,
    }
    connection = duckdb.connect(config=config)
    connection.execute(f"attach {literal(path)} as build (read_only)")
    return connection


@lru_cache(maxsize=1024)
def _snapshot(warehouse: Warehouse, kind: str, coverage: str | None, as_of: datetime | None) -> Snapshot | None:
    """Kept with the build, which never changes: a page asks this several times on each run."""
    found = warehouse.rows("snapshot_at", kind=kind, coverage=coverage, as_of=as_of)
    return Snapshot(**found[0]) if found else None


def damaged(home: Home, path: Path, error: Exception) -> DamagedBuild:
    """The published file is gone or cut, and nobody but us knows how to make it anew."""
    return DamagedBuild(
        f"The current build {path} cannot be read ({why(error)}). The history it was made from is not touched by that: remove the "
        f"file if it is still there, and run `{home.remaking}`."
    )


def open_current(home: Home) -> Warehouse:
    """The current build of a home; NoWarehouse when there is none yet."""
    return _opened(home, current_build(home))


@lru_cache(maxsize=8)
def _opened(home: Home, path: Path) -> Warehouse:
    try:
        with duckdb.connect(path, read_only=True) as connection:
            row = connection.execute("select build_id, is_simulated, newest_snapshot_at from build_meta").fetchone()
            said = connection.execute("select comment from duckdb_tables() where table_name = 'build_meta'").fetchall()
    except duckdb.Error as error:
        raise damaged(home, path, error) from None
    assert row is not None, "a build says what it is"
    copied = Copied(**json.loads(said[0][0])) if said[0][0] else None
    build_id, is_simulated, newest_snapshot_at = row
    return Warehouse(home, path, build_id, is_simulated, newest_snapshot_at, copied)


def _files_named(connection: duckdb.DuckDBPyConnection, home: Home, part: str) -> list[Path]:
    """The lake's Parquet files of one part that the build names."""
    named = connection.execute("select path from lake_files where part = $1", [part]).fetchall()
    try:
        return [home.lake / lake_path(path) for (path,) in named]
    except ValueError as error:
        raise NoWarehouse(
            f"The current build is damaged ({error}). Remove {home.builds} and run `{home.remaking}`."
        ) from None
