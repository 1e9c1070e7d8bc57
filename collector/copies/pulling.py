"""Following a public copy: take what is new of it, check all of it, then show it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import platformdirs

from collector.copies.file_servers import Place, keep_room, place_of, take
from collector.progress import Report
from collector.upstream import Upstream
from warehouse.copies.loading import load
from warehouse.copies.offer import WHOLE, Offer, OfferedFile, older, read_latest, read_offer
from warehouse.errors import CopyError, LakeError, NoWarehouse
from warehouse.files import below, sync_file, sync_folder
from warehouse.lake.lake import Lake
from warehouse.manifest import naive_utc
from warehouse.read import Copied, Warehouse, open_current
from warehouse.settings import Followed, Home, locked
from warehouse.upkeep.status import CLOCKS_DIFFER

OWN_FILE = re.compile(r"[0-9a-f]{64}\.parquet(\.part)?")
SPACE = 3  # times the bytes of a copy: its files, and a build that is larger


@dataclass(frozen=True)
class Pulled:
    """What became of a pull."""

    warehouse: Warehouse
    is_new: bool
    """False when this home showed that snapshot already."""
    bytes: int
    """That were taken."""

    @property
    def told(self) -> str:
        """In one line."""
        assert self.warehouse.copied is not None
        moment = f"{self.warehouse.newest_snapshot_at:%Y-%m-%d %H:%M} UTC"
        if not self.is_new:
            return f"Nothing new: this home shows the snapshot of {moment} from {self.warehouse.copied.source}"
        return f"Took the snapshot of {moment} from {self.warehouse.copied.source}: {self.bytes / 1e6:,.1f} MB"


def source_named(text: str) -> str:
    """A source as it is remembered: a folder by its whole path, an address without what leads below the copy."""
    if "://" in text:
        return text.strip().removesuffix("/latest.json").rstrip("/")
    return str(Path(text).expanduser().absolute())


def is_copy(text: str) -> bool:
    """Whether this names a public copy, and not a home."""
    return "://" in text or (Path(text).expanduser() / "latest.json").is_file()


def home_of_copy(source: str) -> Home:
    """A home for a copy that is only looked into, in the cache of this account."""
    return Home(platformdirs.user_cache_path("hubscope") / "copies" / hashlib.sha256(source.encode()).hexdigest()[:16])


def pull(
    home: Home,
    source: str,
    *,
    now: datetime,
    edition: str | None = None,
    upstream: Upstream | None = None,
    report: Report | None = None,
) -> Pulled:
    """Make the newest snapshot of a public copy the current build of a home; takes only what the home does not hold.

    edition: whole or small; else the one that the home holds, or whole.

    Raises SourceError when the source does not answer, CopyError when the copy or the home is refused, LakeError when simulated
    and real data would mix, BuildError when the disk is full, BusyError; in each case the home shows what it showed before.
    """
    report, edition = report or Report(), edition or (home.follows.edition if home.follows else WHOLE)
    asked = upstream or Upstream.from_env()
    with locked(home, naive_utc(now), takes_copy=True), place_of(source, asked) as place:
        _refuse_own(home)
        shown = _shown(home)
        latest = read_latest(place.read("latest.json"), source)
        if shown and not place.day and _is_of(shown, source, edition, latest.manifest_sha256):
            return Pulled(shown, False, 0)
        path = older(latest, place.day, source) if place.day else latest.manifest
        offer = read_offer(place.read(path), path, source)
        if path == latest.manifest and offer.sha256 != latest.manifest_sha256:
            raise CopyError(
                f"{source}: {path} is not the manifest that latest.json names. Nothing was changed here; a copy that is just being "
                "written says so for a moment: run again, and if it stays, tell its publisher."
            )
        _refuse_mixing(home, shown, offer)
        copied = Copied(source, edition, offer.sha256, offer.version)
        if shown and _is_of(shown, source, edition, offer.sha256):
            return Pulled(shown, False, 0)
        if offer.snapshot_at > naive_utc(now) + CLOCKS_DIFFER:
            report.say(
                f"The snapshot of {offer.snapshot_at:%Y-%m-%d %H:%M} UTC lies in the future: a clock is wrong, there or here."
            )
        try:
            taken = _take_all(home, place, offer, copied, report)
            home.follow(Followed(source, edition))
        except OSError as error:
            raise LakeError(
                f"The copy could not be written to {home.path} ({error.strerror or error}). What this home showed before stays, and "
                "what came is kept; make room and run again to go on from there."
            ) from error
        report.say("building")
        load(home, offer, {table.name: _place(home, table) for table in offer.tables_of(edition)}, copied, report.say)
        _clear(home, offer, edition)
        return Pulled(open_current(home), True, taken)


def _take_all(home: Home, place: Place, offer: Offer, copied: Copied, report: Report) -> int:
    """All files of the edition, checked; the history goes to where a lake has it. Says how many bytes came."""
    tables, history = offer.tables_of(copied.edition), offer.history_of(copied.edition)
    targets: dict[Path, OfferedFile] = {_place(home, table): table for table in tables}
    targets |= {below(home.lake, *PurePosixPath(file.lake_path).parts): file for file in history}
    missing = {target: file for target, file in targets.items() if not _is_held(target, file)}
    size = sum(file.bytes for file in missing.values())
    for folder in (home.copy, home.lake):
        folder.mkdir(parents=True, exist_ok=True)
    keep_room(home.path, size + (SPACE - 1) * sum(file.bytes for file in tables))
    report.begin_file(f"copy of {offer.snapshot_at:%Y-%m-%d}", size=size, held=0)
    try:
        for target, file in missing.items():
            take(place, file, target, report)
            sync_file(target)
    finally:
        report.end_file()
    for folder in {target.parent for target in missing}:
        sync_folder(folder)
    return size


def _place(home: Home, file: OfferedFile) -> Path:
    """By its content: what did not change since the last snapshot is held."""
    return below(home.copy, f"{file.sha256}.parquet")


def _is_held(target: Path, file: OfferedFile) -> bool:
    """Only whole files bear their name; what was checked when it came is not read again."""
    return target.exists() and target.stat().st_size == file.bytes


def _clear(home: Home, offer: Offer, edition: str) -> None:
    """Remove the tables of snapshots before this one, and what an interrupted pull left of another."""
    wanted = {_place(home, table) for table in offer.tables_of(edition)}
    for path in _left(home):
        if path not in wanted:
            path.unlink()


def _left(home: Home) -> Iterator[Path]:
    """Files of ours alone, whatever else somebody laid there."""
    yield from (path for path in home.copy.iterdir() if OWN_FILE.fullmatch(path.name))
    yield from home.lake.rglob("*.part")


def _is_of(shown: Warehouse, source: str, edition: str, manifest_sha256: str) -> bool:
    held = shown.copied
    return held is not None and (held.source, held.edition, held.manifest_sha256) == (source, edition, manifest_sha256)


def _shown(home: Home) -> Warehouse | None:
    try:
        return open_current(home)
    except NoWarehouse:
        return None


def _refuse_own(home: Home) -> None:
    if Lake(home).manifests():
        raise CopyError(
            f"{home.path} collects its own history, and a copy would take its place. Nothing was changed; set HUBSCOPE_HOME to "
            "another folder and run again: it will follow the copy."
        )


def _refuse_mixing(home: Home, shown: Warehouse | None, offer: Offer) -> None:
    if shown and shown.is_simulated != offer.is_simulated:
        kind = {True: "simulated", False: "real"}
        raise LakeError(
            f"{home.path} shows {kind[shown.is_simulated]} data and the copy is {kind[offer.is_simulated]}: they are never mixed. "
            "Nothing was changed; use another HUBSCOPE_HOME."
        )
