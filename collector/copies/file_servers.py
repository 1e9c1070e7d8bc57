"""Where public copies lie: a folder, any file server, a data set on the Hub. All give the same files under the same paths."""

import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

import httpx2

from collector.client import BOUNDS, LONGEST_ANSWER, Bounds, broken, open_client, open_hub_client
from collector.progress import Report
from collector.upstream import Upstream, address
from warehouse.copies.offer import OfferedFile
from warehouse.errors import CopyError, SourceError

LARGEST_MANIFEST = 64 * 1024 * 1024
SLOWEST = 20_000  # bytes a second: what comes slower is given up, and gone on with by the next run
DATASET = re.compile(r"hf://datasets/([\w.-]+/[\w.-]+?)/?(?:@(\d{4}-\d{2}-\d{2}))?")
CHUNK = 1 << 20
PASSING = (408, 429, 500, 502, 503, 504)


class Place(Protocol):
    """Where a copy lies."""

    day: str | None
    """The day that is asked for; None for the newest snapshot."""

    def read(self, path: str) -> bytes:
        """A small file, whole. SourceError when it cannot be had."""

    def chunks(self, file: OfferedFile, held: int) -> Iterator[tuple[int, bytes]]:
        """The bytes of a file as they come, each with where it belongs: from `held` on, or anew from 0."""


@contextmanager
def place_of(source: str, upstream: Upstream) -> Iterator[Place]:
    """The place that a source names. SourceError for an address that is none."""
    if "://" not in source:
        yield Folder(Path(source))
        return
    if found := DATASET.fullmatch(source):
        base, day = f"{upstream.hub.rstrip('/')}/datasets/{found[1]}/resolve/main", found[2]
        headers = {"authorization": f"Bearer {upstream.hub_token}"} if upstream.hub_token else {}
    else:
        base = address("SOURCE", source, like="https://example.org/hub-history, or hf://datasets/USER/NAME") or ""
        headers, day = {}, None
    with (open_hub_client if found else open_client)(base) as client:
        yield FileServer(source, base, client, upstream, headers, day)


@dataclass
class Folder:
    """A folder, or a git checkout, on this machine or in its network."""

    path: Path
    day: str | None = None

    def read(self, path: str) -> bytes:
        try:
            return (self.path / path).read_bytes()
        except OSError as error:
            raise self._unread(path, error) from None

    def chunks(self, file: OfferedFile, held: int) -> Iterator[tuple[int, bytes]]:
        try:
            with (self.path / file.path).open("rb") as opened:
                opened.seek(held)
                while chunk := opened.read(CHUNK):
                    yield held, chunk
                    held += len(chunk)
        except OSError as error:
            raise self._unread(file.path, error) from None

    def _unread(self, path: str, error: OSError) -> SourceError:
        return SourceError(
            f"{self.path / path} cannot be read ({error.strerror or error}). What this home showed before stays, and what came is "
            "kept; see that the source is a folder that `hubscope publish` writes, and run again."
        )


@dataclass
class FileServer:
    """Any server that gives files by HTTP; the Hub is one."""

    source: str
    base: str
    client: httpx2.Client
    upstream: Upstream
    headers: dict[str, str]
    day: str | None

    def read(self, path: str) -> bytes:
        bounds = Bounds(LARGEST_MANIFEST, LONGEST_ANSWER)
        return b"".join(chunk for _, chunk in self._stream(path, 0, bounds))

    def chunks(self, file: OfferedFile, held: int) -> Iterator[tuple[int, bytes]]:
        bounds = Bounds(file.bytes + 1, max(LONGEST_ANSWER, file.bytes / SLOWEST), may_leave=True)
        yield from self._stream(file.path, held, bounds)

    def _stream(self, path: str, held: int, bounds: Bounds) -> Iterator[tuple[int, bytes]]:
        """Takes up again what breaks off, while something comes."""
        attempts_left = self.upstream.retries
        while True:
            before = held
            try:
                for at, chunk in self._ask(path, before, bounds):
                    yield at, chunk
                    held = at + len(chunk)
                return
            except _Passing as error:
                attempts_left = self.upstream.retries if held > before else attempts_left - 1
                if attempts_left < 0:
                    raise SourceError(self._told(path, str(error))) from None
                time.sleep(self.upstream.first_wait)

    def _ask(self, path: str, held: int, bounds: Bounds) -> Iterator[tuple[int, bytes]]:
        headers = {**self.headers, "accept-encoding": "identity"} | ({"range": f"bytes={held}-"} if held else {})
        with self._in_words(path):
            url = f"{self.base.rstrip('/')}/{quote(path)}"
            with self.client.stream("GET", url, headers=headers, extensions={BOUNDS: bounds}) as response:
                if response.status_code in PASSING:
                    raise _Passing(f"HTTP {response.status_code}")
                if response.status_code >= 300:
                    raise SourceError(self._told(path, f"HTTP {response.status_code}"))
                at = held if response.status_code == httpx2.codes.PARTIAL_CONTENT else 0
                for chunk in response.iter_bytes():
                    yield at, chunk
                    at += len(chunk)

    @contextmanager
    def _in_words(self, path: str) -> Iterator[None]:
        try:
            yield
        except httpx2.TransportError as error:
            raise _Passing(self.upstream.quote(broken(error))) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise SourceError(self._told(path, self.upstream.quote(broken(error)))) from None

    def _told(self, path: str, what: str) -> str:
        host = urlsplit(self.base).netloc
        return (
            f"{host} did not give {path} of {self.source} ({what}). What this home showed before stays, and what came is kept; run "
            "again to go on from there."
        )


class _Passing(Exception):
    """What may be otherwise in a moment."""


def take(place: Place, file: OfferedFile, target: Path, report: Report) -> None:
    """The file at `target`, checked against its hash; goes on where an earlier attempt stopped.

    CopyError when it is not what the manifest says, twice: what an interrupted run left may be of something else.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    if part.is_symlink():  # what it points to is not ours
        part.unlink()
    was_begun = part.exists() and part.stat().st_size > 0
    if not _is_whole(place, file, part, report) and not (was_begun and _is_whole(place, file, part, report)):
        raise CopyError(
            f"{file.path} is not what its manifest says (its bytes or its hash are others). It was thrown away, and what this home "
            "showed before stays; run again later, or tell the publisher."
        )
    part.replace(target)


def _is_whole(place: Place, file: OfferedFile, part: Path, report: Report) -> bool:
    """Whether the file is there now and is the one that was meant; else nothing of it is left."""
    with part.open("a+b") as written:
        digest, held = hashlib.sha256(), 0
        written.seek(0)
        while chunk := written.read(CHUNK):
            digest.update(chunk)
            held += len(chunk)
        if held < file.bytes or not held:
            for at, chunk in place.chunks(file, held):
                if at != held:  # the server begins anew
                    written.truncate(0)
                    digest, held = hashlib.sha256(), 0
                written.write(chunk)
                digest.update(chunk)
                held += len(chunk)
                report.bytes(len(chunk))
                if held > file.bytes:
                    break
    if held == file.bytes and digest.hexdigest() == file.sha256:
        return True
    part.unlink()
    return False


def keep_room(folder: Path, needed: int) -> None:
    """CopyError before a pull that would fill the disk."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise CopyError(
            f"The copy needs {needed / 1e9:.1f} GB in {folder}, where {free / 1e9:.1f} GB are free. Nothing was taken; make room, "
            "or set HUBSCOPE_HOME to a larger disk, and run again."
        )
