"""What a source offers: `latest.json` and the manifest of a snapshot, held to what docs/public-copy.md says before it is used.

Nothing of it becomes a path, a name in SQL or a number of bytes to fetch before it has been looked at here.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.builds import BUILD_NAME
from warehouse.errors import CopyError
from warehouse.manifest import lake_path
from warehouse.publication.content import FORMAT, HISTORY, MANIFEST, SNAPSHOTS

NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
TABLE = re.compile(r"[a-z][a-z0-9_]*")
SHA256 = re.compile(r"[0-9a-f]{64}")
TYPES = frozenset({"bigint", "boolean", "date", "double", "integer", "timestamp", "varchar", "varchar[]", "bigint[]"})
"""Of columns; a copy with another type is of a format that this program does not read."""
WHOLE, SMALL = "whole", "small"
PARTS_OF_OTHERS = {"repositories": "listed_repositories"}
"""A table whose rows and columns are all in another one, which is taken instead."""


@dataclass(frozen=True)
class Latest:
    """The newest snapshot of a source."""

    manifest: str
    """Path of its manifest."""
    manifest_sha256: str
    is_simulated: bool
    snapshots: tuple[str, ...]
    """Names of all that there are."""


@dataclass(frozen=True)
class OfferedFile:
    """One file to take."""

    path: str
    """Relative to the source."""
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class OfferedTable(OfferedFile):
    """One table of the snapshot."""

    name: str
    edition: str
    columns: tuple[tuple[str, str], ...]
    """Name and type."""


@dataclass(frozen=True)
class OfferedHistory(OfferedFile):
    """Counters of one series over some time."""

    listing: str
    coverage: str
    newest_snapshot_at: datetime

    @property
    def lake_path(self) -> str:
        """Where the lake of a home has it."""
        return self.path.removeprefix(f"{HISTORY}/")


@dataclass(frozen=True)
class Offer:
    """One published snapshot, as its manifest tells."""

    sha256: str
    """Of the manifest."""
    name: str
    snapshot_at: datetime
    build_id: str
    built_at: datetime
    version: str
    """Of the hubscope that published it."""
    is_simulated: bool
    tables: tuple[OfferedTable, ...]
    history: tuple[OfferedHistory, ...]

    def tables_of(self, edition: str) -> tuple[OfferedTable, ...]:
        """Those to take for an edition."""
        names = {table.name for table in self.tables}
        return tuple(
            table
            for table in self.tables
            if edition in (WHOLE, table.edition) and PARTS_OF_OTHERS.get(table.name) not in names
        )

    def history_of(self, edition: str) -> tuple[OfferedHistory, ...]:
        """The small edition has none: its rows are of repositories."""
        return self.history if edition == WHOLE else ()


def read_latest(content: bytes, source: str) -> Latest:
    """CopyError when this is not what `hubscope publish` writes."""
    said = _json(content, source, "latest.json")
    _refuse_format(said, source)
    try:
        names = tuple(_fits(NAME, name) for name in said["snapshots"])
        found = Latest(
            _manifest_of(_fits(NAME, said["snapshot"])),
            _fits(SHA256, said["manifest_sha256"]),
            said["is_simulated"],
            names,
        )
        if found.manifest != said["manifest"] or not isinstance(found.is_simulated, bool):
            raise ValueError("its parts contradict each other")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(source, "latest.json", error) from None
    return found


def older(latest: Latest, day: str, source: str) -> str:
    """The path of the manifest of a day's newest snapshot; CopyError when there is none."""
    if names := [name for name in latest.snapshots if name.startswith(day)]:
        return _manifest_of(max(names))
    near = ", ".join(name[:10] for name in latest.snapshots[:5]) or "none"
    raise CopyError(
        f"{source} has no snapshot of {day}; its newest are {near}. Nothing was changed here; name one of them."
    )


def read_offer(content: bytes, path: str, source: str) -> Offer:
    """CopyError when the manifest is damaged, of a format that this program does not read, or names what it may not."""
    said = _json(content, source, path)
    _refuse_format(said, source)
    folder = path.removesuffix(f"/{MANIFEST}")
    try:
        offer = Offer(
            hashlib.sha256(content).hexdigest(),
            _fits(NAME, said["snapshot"]),
            datetime.fromisoformat(said["snapshot_at"]),
            _fits(BUILD_NAME, f"{said['build_id']}.duckdb").removesuffix(".duckdb"),
            datetime.fromisoformat(said["built_at"]),
            str(said["version"]),
            said["is_simulated"],
            tuple(_table(file, folder) for file in said["files"]),
            tuple(_history(file) for file in said["history"]),
        )
        if folder != f"{SNAPSHOTS}/{offer.name}" or not isinstance(offer.is_simulated, bool):
            raise ValueError("its parts contradict each other")
        _refuse_twice([file.path for file in (*offer.tables, *offer.history)])
        _refuse_twice([table.name for table in offer.tables])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong(source, path, error) from None
    return offer


def _table(said: dict[str, Any], folder: str) -> OfferedTable:
    name = _fits(TABLE, said["name"].removesuffix(".parquet"))
    columns = tuple((_fits(TABLE, column["name"]), column["type"]) for column in said["columns"])
    if unknown := {kind for _, kind in columns} - TYPES:
        raise ValueError(f"{name} has columns of the type {min(unknown)}")
    if said["name"] != f"{name}.parquet" or said["edition"] not in (WHOLE, SMALL) or not columns:
        raise ValueError(f"{said['name']} is no table")
    _refuse_twice([column for column, _ in columns])
    return OfferedTable(f"{folder}/{name}.parquet", *_content(said), name, said["edition"], columns)


def _history(said: dict[str, Any]) -> OfferedHistory:
    path = lake_path(said["path"].removeprefix(f"{HISTORY}/"))
    if not path.startswith(f"{said['listing']}/coverage={said['coverage']}/") or not path.endswith("/metrics.parquet"):
        raise ValueError(f"{path} is not of {said['listing']}")
    return OfferedHistory(
        f"{HISTORY}/{path}",
        *_content(said),
        said["listing"],
        said["coverage"],
        datetime.fromisoformat(said["newest_snapshot_at"]),
    )


def _content(said: dict[str, Any]) -> tuple[int, int, str]:
    rows, size = said["rows"], said["bytes"]
    if type(rows) is not int or type(size) is not int or rows < 0 or size < 0:
        raise ValueError("a file has no size")
    return rows, size, _fits(SHA256, said["sha256"])


def _manifest_of(name: str) -> str:
    return f"{SNAPSHOTS}/{name}/{MANIFEST}"


def _fits(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text[:60]!r} stands where it cannot")
    return text


def _refuse_twice(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} is listed twice")
        seen.add(name)


def _json(content: bytes, source: str, path: str) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        begins = " ".join(content[:40].decode("utf-8", "replace").split())
        raise CopyError(
            f"{source} gives no public copy: {path} there is not JSON (it begins {begins!r}). Nothing was changed here; see that the "
            "address is that of the folder which holds latest.json."
        ) from None
    if not isinstance(said, dict):
        raise _wrong(source, path, "it is no object")
    return said


def _refuse_format(said: dict[str, Any], source: str) -> None:
    stated = said.get("format", 1)
    if stated == FORMAT:
        return
    if type(stated) is int and stated > FORMAT:
        by = said.get("version")
        needed = f"{by} or later" if isinstance(by, str) else "a newer one"
        raise CopyError(
            f"{source} is a copy of format {stated}, and this hubscope reads {FORMAT}. Nothing was changed here; install hubscope "
            f"{needed}, and run again."
        )
    raise CopyError(
        f"{source} was published by a hubscope that did not publish all tables yet, so it can be read file by file, but not followed. "
        "Nothing was changed here; its publisher needs to update hubscope and publish the next snapshot."
    )


def _wrong(source: str, path: str, error: object) -> CopyError:
    return CopyError(
        f"{source}: {path} is no manifest of a public copy ({error}). Nothing was changed here; tell its publisher, or take "
        "another source."
    )
