"""What a publication says of itself: its files, its history, its series and whom it is owed to."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.listings import Source

SNAPSHOTS = "snapshots"
"""The folder that holds a folder for each published snapshot, named for it."""
HISTORY = "history"
"""The folder that all snapshots share: the counters of what changed, in files that are never rewritten."""
MANIFEST = "manifest.json"
FORMAT = 2
"""Of manifest and files, as docs/public-copy.md tells; 1, which had no number, held less than half of the tables and no history."""


@dataclass(frozen=True)
class PublishedFile:
    """One file of a publication, by its name in the publication's folder."""

    name: str
    rows: int
    bytes: int
    sha256: str
    edition: str
    """small: in both editions; whole: with a row for each repository, in the whole one alone."""


@dataclass(frozen=True)
class PublishedHistory:
    """Counters of one series in one month, or of one snapshot in the newest month, as the lake keeps them."""

    path: str
    """Relative to where it is published. It holds digits of the content, so that it never stands for other rows."""
    listing: str
    coverage: str
    first_snapshot_at: datetime
    newest_snapshot_at: datetime
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
    built_at: datetime
    version: str
    is_simulated: bool
    series: tuple[PublishedSeries, ...]
    sources: tuple[Source, ...]
    files: tuple[PublishedFile, ...]
    history: tuple[PublishedHistory, ...]
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
            "format": FORMAT,
            "snapshot": self.name,
            "snapshot_at": self.snapshot_at,
            "build_id": self.build_id,
            "built_at": self.built_at,
            "version": self.version,
            "is_simulated": self.is_simulated,
            "series": [asdict(series) for series in self.series],
            "sources": [asdict(source) for source in self.sources],
            "files": [
                asdict(file) | {"columns": [asdict(column) for column in self.columns[Path(file.name).stem]]}
                for file in self.files
            ],
            "history": [asdict(file) for file in self.history],
        }
        return json.dumps(said, default=datetime.isoformat, indent=1, ensure_ascii=False).encode() + b"\n"
