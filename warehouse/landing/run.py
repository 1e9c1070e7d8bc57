"""One unfinished run on disk: raw pages as they come, and where to go on after a stop at any moment."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.duck import ARCHIVE_MEMORY_LIMIT, MEMORY_LIMIT, UNWRITTEN, landing_connection, why
from warehouse.errors import LakeError
from warehouse.landing.series import FinishedSeries, LandedSeries, write_landed
from warehouse.listings import Series
from warehouse.manifest import naive_utc, run_id_of
from warehouse.settings import Home

__all__ = ["LandedSeries", "Landing", "Series"]

RESUMABLE_FOR = timedelta(hours=24)
"""Older pages are no longer of one day with those still to come."""


@dataclass(frozen=True)
class _Run:
    """What `run.json` keeps."""

    snapshot_at: str
    profile: str
    endpoint: str
    is_simulated: bool = False
    started_at: str | None = None
    """Where that is not the moment of the snapshot: an archive is of a day gone by."""


@dataclass(frozen=True)
class FinishedRun:
    """A landed run that is closed: all that the lake reads of it."""

    run_id: str
    snapshot_at: datetime
    profile: str
    started_at: datetime
    endpoint: str
    is_simulated: bool
    folder: Path
    """Holds the run until the lake has it."""
    listings: tuple[FinishedSeries, ...]

    @property
    def is_archive(self) -> bool:
        """Whether a listing came whole in one file."""
        return any(found.entry.origin for found in self.listings)


class Landing:
    """The run that is being collected. Not made by hand: see `open`."""

    def __init__(self, folder: Path, run: _Run, *, is_resumed: bool) -> None:
        self.folder = folder
        self.is_resumed = is_resumed
        self._run = run

    @classmethod
    def open(
        cls, home: Home, *, profile: str, endpoint: str, now: datetime, content_of: datetime | None = None
    ) -> "Landing":
        """Go on with the unfinished run of this profile and endpoint, or begin one that is called after `now`.

        content_of: the moment that an archive was made, where the run is called after that. Leftovers that nothing can
        go on with (published, broken, or older than a day) are cleared.
        """
        now = naive_utc(now)
        unfinished = []
        begun = _Run(naive_utc(content_of or now).isoformat(), profile, endpoint, started_at=now.isoformat())
        for folder in sorted(home.landing.glob("*")):
            run = _read_run(folder)
            is_published = (home.lake / "manifests" / f"{folder.name}.json").exists()
            if run is None or is_published or abs(now - _started_at(run)) >= RESUMABLE_FOR:
                shutil.rmtree(folder, ignore_errors=True)
            elif (run.profile, run.endpoint) == (profile, endpoint) and (
                not content_of or run.snapshot_at == begun.snapshot_at
            ):
                unfinished.append(cls(folder, run, is_resumed=True))
        return unfinished[-1] if unfinished else cls._begin(home, begun)

    @classmethod
    def _begin(cls, home: Home, run: _Run) -> "Landing":
        """A run id names one run for good: a second one in the same second is dated a second later."""
        snapshot_at = datetime.fromisoformat(run.snapshot_at)
        while (home.landing / run_id_of(snapshot_at)).exists() or (
            home.lake / "manifests" / f"{run_id_of(snapshot_at)}.json"
        ).exists():
            snapshot_at += timedelta(seconds=1)
        landing = cls(
            home.landing / run_id_of(snapshot_at),
            dataclasses.replace(run, snapshot_at=snapshot_at.isoformat()),
            is_resumed=False,
        )
        landing._save()
        return landing

    @property
    def run_id(self) -> str:
        return self.folder.name

    @property
    def snapshot_at(self) -> datetime:
        return datetime.fromisoformat(self._run.snapshot_at)

    @property
    def started_at(self) -> datetime:
        return _started_at(self._run)

    @property
    def profile(self) -> str:
        return self._run.profile

    @property
    def endpoint(self) -> str:
        return self._run.endpoint

    @property
    def is_simulated(self) -> bool:
        return self._run.is_simulated

    @is_simulated.setter
    def is_simulated(self, value: bool) -> None:
        self._run = dataclasses.replace(self._run, is_simulated=value)
        self._save()

    def series(self, series: Series) -> LandedSeries:
        """What has landed of one series so far."""
        return LandedSeries(self.folder / f"{series.listing}.{series.coverage}", series, self.snapshot_at)

    def all(self) -> Iterator[LandedSeries]:
        """Every series that has landed something or was marked, by name."""
        for folder in sorted(path.parent for path in self.folder.glob("*/cursor.json")):
            yield LandedSeries.found_in(folder, self.snapshot_at)

    def mark(self, series: Series, *, status: str, reason: str) -> None:
        """Note in the manifest to come that a series was skipped or failed, with one line why."""
        self.series(series).mark(status, reason)

    def finish(self) -> FinishedRun:
        """Close the run, for the lake to take: what still waits is written, and each listing is looked at once more.

        Raises SourceError when a listing has not landed to its end, CoverageError when one of repositories is empty (what
        landed of it is then forgotten), LakeError when the disk does not take it. What landed otherwise is kept.
        """
        landed = list(self.all())
        memory_limit = ARCHIVE_MEMORY_LIMIT if any(one.entry.origin for one in landed) else MEMORY_LIMIT
        try:
            with landing_connection(self.folder / "spill", memory_limit) as connection:
                listings = tuple(one.finish(connection) for one in landed)
        except UNWRITTEN as error:
            raise LakeError(
                f"The landed pages could not be read ({why(error)}). The lake is as it was before, and they are kept; make room "
                "and run again to publish them."
            ) from error
        return FinishedRun(
            self.run_id,
            self.snapshot_at,
            self.profile,
            self.started_at,
            self.endpoint,
            self.is_simulated,
            self.folder,
            listings,
        )

    def clear(self) -> None:
        """Throw the run away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _save(self) -> None:
        write_landed(self.folder / "run.json", json.dumps(dataclasses.asdict(self._run), indent=1).encode())


def _started_at(run: _Run) -> datetime:
    return datetime.fromisoformat(run.started_at or run.snapshot_at)


def _read_run(folder: Path) -> _Run | None:
    if any(path.is_symlink() for path in (folder, *folder.glob("*"))):  # what lies behind a link is no landing of ours
        return None
    try:
        run = _Run(**json.loads((folder / "run.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return run if run_id_of(datetime.fromisoformat(run.snapshot_at)) == folder.name else None
