"""The archives that others publish of the whole Hub, as data sets on the Hub: which day each holds, and in which files.

`hub-stats` is renewed daily and keeps its past in its commits; `weekly` keeps a copy for each week in a folder named for it.
Either may be taken down: they are seeds for a history, never a dependency.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from collector.profiles import ARCHIVES
from collector.sources.hub import KINDS, Gone, Hub
from collector.sources.repository import Commit, RemoteFile, Repository
from warehouse.errors import SourceError
from warehouse.manifest import Origin

TOGETHER = timedelta(hours=36)
"""Files of one day are uploaded one after another; one that is older than this beside them is of another day."""
TRIES = 3  # days of one period that are looked at when the first ones lack the models
WEEK = timedelta(days=7)
_LABEL = re.compile(r"(?P<kind>\w+)/(?P<day>\d{4}-\d{2}-\d{2})/(?P=kind)\.parquet")

Period = Callable[[datetime], object]
"""Names the month, week or day that a moment lies in."""


@dataclass(frozen=True)
class ArchivedDay:
    """The whole Hub as an archive holds it of one day."""

    at: datetime
    """Naive UTC: when it was uploaded, or the first moment of the week it is named for."""
    files: dict[str, RemoteFile]
    """By kind."""
    missing: dict[str, str] = field(default_factory=dict)
    """Kind → why it is not there."""
    span: timedelta = timedelta(0)
    """How long after `at` the content may be of."""

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files.values())


@dataclass(frozen=True)
class HubStats:
    """cfahlgren1/hub-stats: models.parquet, datasets.parquet and spaces.parquet, replaced every day."""

    repository: Repository

    name = "hub-stats"
    licence = "Apache-2.0"
    credit = "Caleb Fahlgren, hub-stats"
    span = timedelta(0)

    def newest(self) -> ArchivedDay:
        """As of its last upload."""
        day = self._at("main")
        if day is None:
            raise Gone(f"It holds none of {', '.join(map(_file_name, KINDS))}.")
        return day

    def days(self, since: datetime, period: Period, is_held: Callable[[datetime], bool]) -> Iterator[ArchivedDay]:
        """The first good day of each period that is not held, oldest first; one request for each day looked at."""
        last_of_day: dict[date, Commit] = {}
        for commit in self.repository.commits(since):
            last_of_day.setdefault(commit.committed_at.date(), commit)
        by_period: dict[object, list[Commit]] = {}
        for commit in reversed(last_of_day.values()):
            if not is_held(commit.committed_at):
                by_period.setdefault(period(commit.committed_at), []).append(commit)
        for commits in by_period.values():
            if day := self._first_good(commits[:TRIES], since, is_held):
                yield day

    def _first_good(
        self, commits: list[Commit], since: datetime, is_held: Callable[[datetime], bool]
    ) -> ArchivedDay | None:
        """None where no models were uploaded; a day without files where every revision has vanished."""
        vanished = None
        for commit in commits:
            try:
                day = self._at(commit.revision)
            except Gone as error:
                vanished = vanished or ArchivedDay(commit.committed_at, {}, {"models": str(error)})
                continue
            if day and "models" in day.files and day.at >= since and not is_held(day.at):
                return day
        return vanished

    def _at(self, revision: str) -> ArchivedDay | None:
        found = {file.path: file for file in self.repository.files(revision, is_dated=True)}
        files = {kind: found[name] for kind in KINDS if (name := _file_name(kind)) in found}
        if not files:
            return None
        dates = {kind: file.committed_at for kind, file in files.items() if file.committed_at}
        if len(dates) < len(files):
            raise SourceError(
                f"{self.repository.address} does not say when its files were uploaded. Nothing was taken."
            )
        at = max(dates.values())
        missing = {kind: f"{_file_name(kind)} is not in the archive" for kind in KINDS if kind not in files}
        for kind, changed_at in dates.items():
            if at - changed_at > TOGETHER:
                missing[kind] = f"{_file_name(kind)} is of {changed_at:%Y-%m-%d}, not of {at:%Y-%m-%d}"
                del files[kind]
        return ArchivedDay(at, files, missing)


@dataclass(frozen=True)
class Weekly:
    """hfmlsoc/hub_weekly_snapshots: a copy of hub-stats for each week since 2024-07-24, the last one of that week."""

    repository: Repository

    name = "weekly"
    licence = "ODbL-1.0"
    credit = "Hugging Face Machine Learning and Society team, hub_weekly_snapshots, from hub-stats"
    span = WEEK

    def newest(self) -> ArchivedDay:
        """The last week that holds models."""
        days = list(self.days(datetime.min, lambda at: at, lambda at: False))
        if not days:
            raise Gone("It holds no week of models.")
        return days[-1]

    def days(self, since: datetime, period: Period, is_held: Callable[[datetime], bool]) -> Iterator[ArchivedDay]:
        """The first week of each period that is not held, oldest first; three listings for all of them."""
        weeks: dict[datetime, dict[str, RemoteFile]] = {}
        for kind in KINDS:
            for file in self.repository.files("main", kind):
                if named := _LABEL.fullmatch(file.path):
                    weeks.setdefault(datetime.fromisoformat(named["day"]), {})[kind] = file
        taken = set()
        for at, files in sorted(weeks.items()):
            if at >= since and "models" in files and period(at) not in taken and not is_held(at):
                taken.add(period(at))
                missing = {kind: f"the week {at:%Y-%m-%d} has no {kind}" for kind in KINDS if kind not in files}
                yield ArchivedDay(at, files, missing, span=self.span)


Archive = HubStats | Weekly


def open_archive(name: str, hub: Hub) -> Archive:
    """The archive of that name, at the Hub that is asked."""
    repository = Repository(hub, ARCHIVES[name])
    return Weekly(repository) if name == Weekly.name else HubStats(repository)


def origin_of(archive: Archive, file: RemoteFile) -> Origin:
    """What the manifest says of a file: where it came from, and whom it is owed to."""
    address = f"{archive.repository.address}/resolve/{file.revision}/{file.path}"
    return Origin(address, file.revision, archive.licence, archive.credit)


def gone(archive: Archive, reason: str) -> SourceError:
    """The archive as a whole cannot be had: says so, and what else there is."""
    others = "; ".join(
        f"--archive {name} ({repository})" for name, repository in ARCHIVES.items() if name != archive.name
    )
    return SourceError(
        f"The archive {archive.name} ({archive.repository.name}) is gone, or no longer public. {reason} Nothing was "
        f"added. Others: {others}; or --profile full, which asks the Hub itself."
    )


def _file_name(kind: str) -> str:
    return f"{kind}.parquet"
