"""A data set on the Hub as a source of files: its commits, what a revision holds, and downloads that go on where they stopped."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
from huggingface_hub import get_hf_file_metadata, hf_hub_url, try_to_load_from_cache
from huggingface_hub.utils import hf_raise_for_status, http_stream_backoff

from collector.client import BOUNDS, LONGEST_ANSWER, TIMEOUT, Bounds, origin
from collector.progress import Report
from collector.sources.hub import Hub
from collector.sources.page import Pages
from collector.upstream import SIMULATED_HEADER
from warehouse.errors import LakeError, SourceError
from warehouse.manifest import naive_utc

SLOWEST_DOWNLOAD = 50_000  # bytes a second: what comes slower is given up, and gone on with by the next run
SPARE_DISK = 1.2  # of a file's size: it is read into a smaller one before it goes


@dataclass(frozen=True)
class Commit:
    """One revision of the repository."""

    revision: str
    committed_at: datetime
    """Naive UTC."""


@dataclass(frozen=True)
class RemoteFile:
    """One file at one revision."""

    path: str
    revision: str
    size: int
    sha256: str | None
    """Of what is stored as a large file; None of small ones."""
    committed_at: datetime | None
    """When this file last changed, naive UTC; None where it was not asked for."""


class Repository:
    """One data set, by its name `owner/name`."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub = hub
        self.name = name
        self.is_simulated = False

    @property
    def address(self) -> str:
        return f"{self.hub.endpoint}/datasets/{self.name}"

    def commits(self, since: datetime) -> Iterator[Commit]:
        """Of the main branch, newest first, back to `since`; asks only for the pages that takes."""
        for item in self._items(f"{self.hub.endpoint}/api/datasets/{self.name}/commits/main"):
            commit = Commit(item["id"], _moment(item["date"]))
            if commit.committed_at < since:
                return
            yield commit

    def files(self, revision: str, folder: str = "", *, is_dated: bool = False) -> list[RemoteFile]:
        """What a folder holds at a revision, and all below it; `is_dated` also asks when each file last changed.

        Dates cost the Hub work, so only 50 files come with one answer.
        """
        where = f"{self.hub.endpoint}/api/datasets/{self.name}/tree/{quote(revision, safe='')}"
        query = "expand=true" if is_dated else "recursive=true"
        items = self._items(f"{where}{'/' + quote(folder) if folder else ''}?{query}")
        return [_file(item, revision) for item in items if item.get("type") == "file"]

    def download(self, file: RemoteFile, target: Path, report: Report) -> None:
        """The file at `target`, checked against its size and checksum; goes on where an earlier attempt stopped.

        A copy in huggingface_hub's own cache is taken instead, if there is one.
        """
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        cached = try_to_load_from_cache(self.name, file.path, repo_type="dataset", revision=file.revision)
        _keep_room(target.parent, file, held=part.stat().st_size if part.exists() else 0)
        try:
            if isinstance(cached, str):
                shutil.copyfile(cached, part)
            else:
                self._fetch(file, part, report)
        except OSError as error:
            if isinstance(error, httpx2.HTTPError):
                raise
            raise LakeError(
                f"{file.path} could not be written to {target.parent} ({error.strerror or error}). What came is kept, the "
                "history is as it was; make room and run again to go on from there."
            ) from error
        _check(file, part)
        part.replace(target)

    def _fetch(self, file: RemoteFile, part: Path, report: Report) -> None:
        url = hf_hub_url(self.name, file.path, repo_type="dataset", revision=file.revision, endpoint=self.hub.endpoint)
        report.begin_file(file.path, size=file.size, held=part.stat().st_size if part.exists() else 0)
        attempts_left = self.hub.patience["max_retries"]
        try:
            while True:
                held = part.stat().st_size if part.exists() else 0
                try:
                    with self.hub.in_words(url):
                        self._stream(url, file, part, report)
                    return
                except SourceError as error:
                    # A connection that breaks midway is taken up again; what the Hub refuses is not asked for twice.
                    is_passing, came = type(error) is SourceError, part.exists() and part.stat().st_size > held
                    attempts_left = self.hub.patience["max_retries"] if came else attempts_left - 1
                    if not is_passing or attempts_left < 0:
                        raise
                    report.say(f"{file.path}: {error} Going on from there.")
                    time.sleep(self.hub.patience["base_wait_time"])
        finally:
            report.end_file()

    def _stream(self, url: str, file: RemoteFile, part: Path, report: Report) -> None:
        # The token is sent on only to the host that was asked: large files are handed out by others, with signed addresses.
        location = get_hf_file_metadata(url, token=False, headers=self.hub.headers, timeout=TIMEOUT).location
        headers = {
            key: value
            for key, value in self.hub.headers.items()
            if key.lower() != "authorization" or origin(location) == origin(self.hub.endpoint)
        }
        with part.open("ab") as written:
            if written.tell() >= file.size:
                written.truncate(0 if written.tell() > file.size else file.size)
            held = written.tell()
            if held == file.size:
                return
            if held:
                headers["Range"] = f"bytes={held}-"
            bounds = Bounds(file.size, max(LONGEST_ANSWER, file.size / SLOWEST_DOWNLOAD), may_leave=True)
            # Its own back-off would begin the file anew where the body breaks off.
            with http_stream_backoff(
                "GET",
                location,
                headers=headers,
                timeout=TIMEOUT,
                retry_on_exceptions=(),
                extensions={BOUNDS: bounds},
                **self.hub.patience,
            ) as response:
                hf_raise_for_status(response)
                if held and response.status_code != httpx2.codes.PARTIAL_CONTENT:
                    written.truncate(0)
                for chunk in response.iter_bytes():  # as they come: what came before a break is kept
                    written.write(chunk)
                    report.bytes(len(chunk))

    def _items(self, url: str) -> Iterator[dict[str, Any]]:
        """The objects of a listing over all its pages."""
        following: str | None = url
        pages = Pages()
        while following:
            pages.ask(following)
            response = self.hub.get(following)
            self.is_simulated |= SIMULATED_HEADER in response.headers
            try:
                items = [item for item in response.json() if isinstance(item, dict)]
            except (ValueError, TypeError):
                raise SourceError(f"{self.address} answered with something that is no listing.") from None
            following = self.hub.next_url(response)
            pages.came(len(items), following=following)
            yield from items


def _file(item: dict[str, Any], revision: str) -> RemoteFile:
    stored, changed = item.get("lfs") or {}, item.get("lastCommit") or {}
    return RemoteFile(
        item["path"],
        changed.get("id") or revision,
        int(stored.get("size") or item["size"]),
        stored.get("oid") or stored.get("sha256"),
        _moment(changed["date"]) if changed.get("date") else None,
    )


def _moment(text: str) -> datetime:
    return naive_utc(datetime.fromisoformat(text))


def _keep_room(folder: Path, file: RemoteFile, *, held: int) -> None:
    """LakeError before a download that would fill the disk."""
    needed, free = int(file.size * SPARE_DISK) - held, shutil.disk_usage(folder).free
    if needed > free:
        raise LakeError(
            f"{file.path} needs {needed / 1e9:.1f} GB in {folder}, where {free / 1e9:.1f} GB are free. Nothing was "
            "downloaded and the history is as it was; make room, or set HUBSCOPE_HOME to a larger disk, and run again."
        )


def _check(file: RemoteFile, part: Path) -> None:
    """SourceError, and the download is thrown away, when it is not what the repository says it is."""
    if part.stat().st_size == file.size:
        if not file.sha256:
            return
        with part.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256:
                return
    size = part.stat().st_size
    part.unlink()
    raise SourceError(
        f"{file.path} came with {size:,} of {file.size:,} bytes, or with others than its checksum says. It was thrown "
        "away and nothing was added; run again to download it anew."
    )
