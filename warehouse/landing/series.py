"""One series of an unfinished run: pages in a folder, and a cursor that says which of them count."""

import dataclasses
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from warehouse.duck import PAGES_MEMORY_LIMIT, UNWRITTEN, landing_connection, parquet, why
from warehouse.errors import BadPage, CoverageError, LakeError, SourceError
from warehouse.files import sync_file, write_atomically
from warehouse.landing.chunk import Chunk, RawPage, UnreadablePage, write_archive, write_chunk
from warehouse.landing.cursor import Cursor, read_cursor
from warehouse.landing.pages import Findings, check_page
from warehouse.listings import LISTINGS, Series
from warehouse.manifest import Entry, Origin

PAGES_IN_A_CHUNK = 100
"""100,000 records: enough to be worth a query's planning, too few for disk or memory to grow with the listing."""
MANY_PAGES = 3
"""From here on a connection made for reading them is worth its time."""


@dataclass(frozen=True)
class FinishedSeries:
    """One series of a finished run: what the manifest says of it so far, and its records."""

    series: Series
    entry: Entry
    chunks: tuple[Path, ...]
    """Parquet, in the order in which the records were listed; none unless it landed well."""


class LandedSeries:
    """Where a series stands; every change is on disk before the method returns."""

    def __init__(self, folder: Path, series: Series, snapshot_at: datetime) -> None:
        self.folder = folder
        self.series = series
        self._snapshot_at = snapshot_at
        self._cursor = read_cursor(folder) or Cursor(series.limit)
        self._clock = time.monotonic()

    @classmethod
    def found_in(cls, folder: Path, snapshot_at: datetime) -> "LandedSeries":
        listing, _, coverage = folder.name.partition(".")
        landed = cls(folder, Series(listing, coverage), snapshot_at)
        landed.series = dataclasses.replace(landed.series, limit=landed._cursor.limit)
        return landed

    @property
    def next_url(self) -> str | None:
        """Where to go on; None when nothing has landed yet, and when all has."""
        return self._cursor.next_url

    @property
    def pages(self) -> int:
        return self._cursor.pages

    @property
    def requests(self) -> int:
        """Answers handed to `add_page`, the refused ones included."""
        return self._cursor.requests

    @property
    def is_done(self) -> bool:
        return self._cursor.is_done

    @property
    def entry(self) -> Entry:
        """What the manifest says of this series, as far as its landing knows."""
        known = {field.name for field in dataclasses.fields(Entry)} & {
            field.name for field in dataclasses.fields(Cursor)
        }
        found = {name: getattr(self._cursor, name) for name in known}
        return Entry(self.series.listing, self.series.coverage, self._cursor.limit, **found)

    @property
    def chunks(self) -> list[Path]:
        """The Parquet chunks so far, in the order in which their records were listed."""
        return [self._chunk(number) for number in range(self._cursor.chunk_count)]

    def add_page(self, body: bytes, *, url: str, next_url: str | None) -> None:
        """Keep one answer; `next_url` None says that it was the last.

        Raises BadPage when the answer is visibly no page: nothing of it is kept. Raises SourceError when an earlier
        page turns out not to be JSON: the series then stands at that page again.
        """
        try:
            check_page(LISTINGS[self.series.listing], body)
        except BadPage:
            self._save(requests=self._cursor.requests + 1)
            raise
        name = f"page-{self._cursor.pages:06d}.json"
        write_landed(self.folder / name, body)
        self._save(
            requests=self._cursor.requests + 1,
            pages=self._cursor.pages + 1,
            bytes=self._cursor.bytes + len(body),
            waiting=(*self._cursor.waiting, (name, url, len(body))),
            server="://".join(urlsplit(url)[:2]),
            next_url=next_url,
            is_done=next_url is None,
            status="ok",
            reason=None,
        )
        if len(self._cursor.waiting) >= PAGES_IN_A_CHUNK:
            self._write_chunk_apart()

    def add_archive(self, path: Path, origin: Origin) -> None:
        """Take a downloaded Parquet file as the whole listing; `path` stays, and costs the disk nothing more where it can."""
        self.restart()
        name = "page-000000.parquet"
        size = path.stat().st_size
        (self.folder / name).unlink(missing_ok=True)
        try:
            (self.folder / name).hardlink_to(path)
        except OSError:
            with _landing_kept(self.folder):
                shutil.copyfile(path, self.folder / name)
        self._save(
            requests=1, pages=1, bytes=size, waiting=((name, origin.address, size),), is_done=True, origin=origin
        )

    def finish(self, connection: duckdb.DuckDBPyConnection) -> FinishedSeries:
        """Close the series. Raises SourceError when it has not landed to its end, CoverageError when it lists no repository.

        A listing beside the Hub's that holds no usable row, or cannot be read, is a failed answer; it ends no run.
        """
        if self.entry.status != "ok":
            return FinishedSeries(self.series, self.entry, ())
        if not self.is_done:
            raise SourceError(
                f"{self.series} has not been read to its end; {self.pages} pages are kept, run again to go on."
            )
        reason = (
            f"{self.series} came back empty, which is taken for a fault upstream. Nothing was added and nobody "
            "counts as removed; run again later."
        )
        try:
            self._write_last_chunk(connection)
            if _holds_rows(connection, self.chunks):
                return FinishedSeries(self.series, self.entry, tuple(self.chunks))
        except CoverageError as error:
            reason = str(error)
        entry = self.entry
        self.restart()
        if LISTINGS[self.series.listing].kind:
            raise CoverageError(reason)
        return FinishedSeries(self.series, dataclasses.replace(entry, status="failed", reason=reason), ())

    def _write_last_chunk(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Turn what still waits into a chunk: a few pages, or an archive, with the memory of `connection`; more with their own."""
        if self._cursor.origin or len(self._cursor.waiting) < MANY_PAGES:
            self._write_chunk(connection)
        else:
            self._write_chunk_apart()

    def _write_chunk_apart(self) -> None:
        with landing_connection(self.folder / "spill", PAGES_MEMORY_LIMIT) as connection:
            self._write_chunk(connection)

    def _write_chunk(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Turn the waiting pages into a chunk and drop them; raises SourceError and rewinds when one is not JSON."""
        waiting = self._cursor.waiting
        if not waiting:
            return
        target = self._chunk(self._cursor.chunk_count)
        try:
            self._check_sizes()
            chunk = self._write(connection, [RawPage(self.folder / name, url) for name, url, _ in waiting], target)
            sync_file(target)
        except UnreadablePage as error:
            self._rewind_to(error.position)
            raise SourceError(
                f"{self.series}: the answer from {waiting[error.position][1]} is {error}. "
                f"{self.pages} pages before it are kept; run again to go on from there."
            ) from error
        except UNWRITTEN as error:
            if isinstance(error, duckdb.OutOfMemoryException) and not LISTINGS[self.series.listing].kind:
                raise CoverageError(
                    f"{self.series} takes more memory to read than a run has, as if a text in it had no end. It was not kept."
                ) from error
            raise LakeError(
                f"{self.series}: the landed pages could not be written as Parquet ({why(error)}). All {self.pages} pages are "
                "kept; make room and run again to go on."
            ) from error
        rejected, odd = Findings(), Findings()
        rejected.extend((*self._cursor.rejected, *chunk.rejected))
        odd.extend((*self._cursor.odd_values, *chunk.odd_values))
        self._save(
            waiting=(),
            chunk_count=self._cursor.chunk_count + 1,
            record_count=self._cursor.record_count + chunk.record_count,
            rejected=rejected.all(),
            odd_values=odd.all(),
        )
        self._drop_pages()

    def _write(self, connection: duckdb.DuckDBPyConnection, pages: list[RawPage], target: Path) -> Chunk:
        listing, at = LISTINGS[self.series.listing], self._snapshot_at
        if not self._cursor.origin:
            first = self._cursor.record_count
            return write_chunk(connection, listing, pages, target, snapshot_at=at, first_sequence=first)
        try:
            return write_archive(connection, listing, pages[0].path, target, snapshot_at=at)
        except BadPage as error:
            raise UnreadablePage(0, str(error)) from error

    def _check_sizes(self) -> None:
        """DuckDB takes an empty file for an empty listing."""
        for position, (name, _, size) in enumerate(self._cursor.waiting):
            if (self.folder / name).stat().st_size != size:
                raise UnreadablePage(position, "cut short on this disk")

    def mark(self, status: str, reason: str) -> None:
        self._save(status=status, reason=reason)

    def restart(self) -> None:
        """Forget everything that has landed; the next run asks for the listing anew."""
        self._cursor = Cursor(self._cursor.limit)
        self._save()
        self._drop_pages()

    def _rewind_to(self, position: int) -> None:
        """Stand again at the page `position` of the waiting ones: it and all that followed it are forgotten."""
        kept, dropped = self._cursor.waiting[:position], self._cursor.waiting[position:]
        self._save(
            waiting=kept,
            pages=self._cursor.pages - len(dropped),
            bytes=self._cursor.bytes - sum(size for _, _, size in dropped),
            next_url=dropped[0][1],
            is_done=False,
        )
        self._drop_pages()

    def _drop_pages(self) -> None:
        counted = {name for name, _, _ in self._cursor.waiting}
        for path in self.folder.glob("page-*"):
            if path.name not in counted:
                path.unlink()

    def _chunk(self, number: int) -> Path:
        return self.folder / f"chunk-{number:05d}.parquet"

    def _save(self, **changes: object) -> None:
        now = time.monotonic()
        changes["seconds"] = round(self._cursor.seconds + now - self._clock, 3)
        self._clock = now
        self._cursor = dataclasses.replace(self._cursor, **changes)  # type: ignore[arg-type]
        # Not synced to the disk: after a power cut a page may be empty, which is found and asked for again.
        write_landed(self.folder / "cursor.json", json.dumps(vars(self._cursor), default=dataclasses.asdict).encode())


def _holds_rows(connection: duckdb.DuckDBPyConnection, chunks: Sequence[Path]) -> bool:
    """Whether any record was kept."""
    kept = f"select 1 from {parquet(chunks)} where rejected_because is null limit 1"
    return bool(chunks) and connection.execute(kept).fetchone() is not None


def write_landed(path: Path, content: bytes) -> None:
    """Write a file of an unfinished run; LakeError when the disk does not take it."""
    with _landing_kept(path.parent):
        write_atomically(path, content)


@contextmanager
def _landing_kept(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LakeError(
            f"{folder} could not be written ({why(error)}). What had landed is kept and the history is as it was; make room "
            "and run again to go on from there."
        ) from error
