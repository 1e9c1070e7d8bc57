"""What a run says of itself: the only file that makes its rows visible."""

import dataclasses
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

T = TypeVar("T")
RUN_ID = re.compile(r"\d{8}T\d{6}Z")
LAKE_PATH = re.compile(r"[a-z_]+/coverage=[a-z_]+/run=\d{8}T\d{6}Z(\.\d+)?/[a-z_]+\.parquet")


def run_id(text: str) -> str:
    """A run id read from a file, before it is used as a name. ValueError where it is none."""
    if not RUN_ID.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no run id")
    return text


def lake_path(text: str) -> str:
    """The path of a lake's file read from a file or a build, before it is opened. ValueError where it could lead elsewhere."""
    if not LAKE_PATH.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is no file of the lake")
    return text


@dataclass(frozen=True)
class Finding:
    """One kind of odd input, how often, and what it looked like."""

    reason: str
    count: int
    examples: tuple[str, ...] = ()
    """At most three, shortened."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Finding":
        return _known(cls, data | {"examples": tuple(data.get("examples", ()))})


@dataclass(frozen=True)
class LandedFile:
    """One Parquet file of a run."""

    path: str
    """Relative to the lake."""
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Origin:
    """The published file that a series was read from, where it is not the Hub's own listing; and whom it is owed to."""

    address: str
    revision: str
    """The commit that holds the file, or `main` where the publisher names days by folders."""
    licence: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """What one run did with one series."""

    listing: str
    coverage: str
    coverage_limit: int | None
    status: str
    """ok, skipped or failed."""
    reason: str | None = None
    requests: int = 0
    pages: int = 0
    bytes: int = 0
    seconds: float = 0.0
    record_count: int = 0
    """Records seen, odd ones and repeats included."""
    row_count: int = 0
    """Distinct rows kept: the size of the snapshot."""
    duplicate_count: int = 0
    rejected: tuple[Finding, ...] = ()
    """Records that could not be kept."""
    odd_values: tuple[Finding, ...] = ()
    """Values dropped, cut or cleaned; their records are kept."""
    added_count: int = 0
    changed_count: int = 0
    metrics_changed_count: int = 0
    left_count: int = 0
    previous_snapshot_at: datetime | None = None
    files: tuple[LandedFile, ...] = ()
    origin: Origin | None = None
    server: str | None = None
    """Scheme, host and port that answered; None in manifests of before 0.2."""


@dataclass(frozen=True)
class Manifest:
    """One published run."""

    run_id: str
    snapshot_at: datetime
    """Naive UTC, whole seconds, shared by all its series: when the run began; of an archive, what its content is of."""
    profile: str
    started_at: datetime
    finished_at: datetime
    version: str
    endpoint: str
    is_simulated: bool
    listings: tuple[Entry, ...]

    def entry(self, listing: str, coverage: str) -> Entry | None:
        """The good snapshot of a series in this run, if it has one."""
        for entry in self.listings:
            if (entry.listing, entry.coverage, entry.status) == (listing, coverage, "ok"):
                return entry
        return None

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), default=datetime.isoformat, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Keys of a later version are passed over; a key that is missing raises TypeError, a name that is none ValueError."""
        data = json.loads(text)
        entries = tuple(_entry(entry) for entry in data["listings"])
        dates = {name: datetime.fromisoformat(data[name]) for name in ("snapshot_at", "started_at", "finished_at")}
        return _known(cls, data | dates | {"listings": entries, "run_id": run_id(data["run_id"])})


def _entry(data: dict[str, Any]) -> Entry:
    previous = data.get("previous_snapshot_at")
    return _known(
        Entry,
        data
        | {
            "rejected": tuple(map(Finding.from_json, data.get("rejected", ()))),
            "odd_values": tuple(map(Finding.from_json, data.get("odd_values", ()))),
            "files": tuple(
                _known(LandedFile, file | {"path": lake_path(file["path"])}) for file in data.get("files", ())
            ),
            "previous_snapshot_at": datetime.fromisoformat(previous) if previous else None,
            "origin": _known(Origin, data["origin"]) if data.get("origin") else None,
        },
    )


def _known(kind: type[T], data: dict[str, Any]) -> T:
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{key: value for key, value in data.items() if key in names})


def naive_utc(moment: datetime) -> datetime:
    """How the lake writes time: naive UTC in whole seconds. A moment without a zone is taken for UTC."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None, microsecond=0)


STAMP = "%Y%m%dT%H%M%SZ"


def run_id_of(snapshot_at: datetime) -> str:
    """The name of the run that took a snapshot, which is also how a snapshot stands in an address: `20261124T120000Z`."""
    return snapshot_at.strftime(STAMP)


def moment_of(run_id: str) -> datetime:
    """The snapshot's moment, naive UTC; ValueError when the text names none."""
    return datetime.strptime(run_id, STAMP)


def software_version() -> str:
    """Of hubscope, as manifests, exports and requests state it."""
    try:
        return version("hubscope")
    except PackageNotFoundError:
        return "not installed"
