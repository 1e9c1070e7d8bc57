"""One snapshot of the whole Hub from a published archive: download, look into it, land, commit."""

import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from collector.profiles import ARCHIVE
from collector.progress import Report
from collector.sources.archives import Archive, ArchivedDay, gone, open_archive, origin_of
from collector.sources.hub import KINDS, Gone, Hub
from collector.sources.repository import RemoteFile
from collector.upstream import Upstream
from warehouse.errors import BadPage, CoverageError, SourceError
from warehouse.lake.lake import Lake
from warehouse.landing.archive import Content, inspect
from warehouse.landing.run import Landing
from warehouse.listings import Series
from warehouse.manifest import Manifest
from warehouse.settings import Home

AHEAD = timedelta(days=1)  # that a repository may be newer than the upload that holds it: clocks differ


class OtherDay(SourceError):
    """A file that holds another day than its name or its commit says."""


def take_newest(
    home: Home, name: str, *, taken_at: datetime, upstream: Upstream, report: Report, accept_drop: bool = False
) -> Manifest:
    """The newest state of an archive as a snapshot; the one already held, if it is that. Hold the lock meanwhile."""
    archive = open_archive(name, Hub(upstream, report.waiting))
    try:
        day = archive.newest()
    except Gone as error:
        raise gone(archive, str(error)) from None
    if held := held_at(Lake(home), day):
        report.say(f"The archive of {day.at:%Y-%m-%d %H:%M} UTC is held already; it has no newer one.")
        return held
    report.say(f"{archive.name} of {day.at:%Y-%m-%d %H:%M} UTC: {day.size / 1e6:,.0f} MB in {len(day.files)} files")
    return take_day(home, archive, day, taken_at=taken_at, report=report, accept_drop=accept_drop)


def held_at(lake: Lake, day: ArchivedDay) -> Manifest | None:
    """The snapshot of this archived day, if the lake has it."""
    return next((held for held in archived(lake) if day.at <= held.snapshot_at <= day.at + day.span), None)


def archived(lake: Lake) -> list[Manifest]:
    """Every run that holds an archive."""
    return [held for held in lake.manifests() if any(held.entry(f"hub_{kind}", ARCHIVE) for kind in KINDS)]


def take_day(
    home: Home, archive: Archive, day: ArchivedDay, *, taken_at: datetime, report: Report, accept_drop: bool = False
) -> Manifest:
    """One archived day into the lake, not built. Its files are kept until it is published.

    Raises Gone when none of its files can be had any more, BadPage when one is broken, and what Lake.commit raises.
    """
    began = time.monotonic()
    paths, missing = _download(home, archive, day, report)
    contents = {}
    for kind, path in list(paths.items()):
        try:
            contents[kind] = _look_into(path, kind, day)
        except OtherDay as error:
            missing[kind] = str(error)
            del paths[kind]
    if not paths:
        raise OtherDay(f"Nothing of {archive.name} of {day.at:%Y-%m-%d} can be used: {'; '.join(missing.values())}.")
    landing = Landing.open(
        home,
        profile=ARCHIVE,
        endpoint=archive.repository.address,
        now=taken_at,
        content_of=_moment(day, contents),
    )
    landing.is_simulated = archive.repository.is_simulated
    for kind, reason in missing.items():
        report.say(f"{kind}: left out: {reason}")
        landing.mark(Series(f"hub_{kind}", ARCHIVE), status="failed", reason=reason)
    for kind, path in paths.items():
        landed = landing.series(Series(f"hub_{kind}", ARCHIVE))
        if not landed.is_done:
            landed.add_archive(path, origin_of(archive, day.files[kind]))
    report.say("writing the lake")
    try:
        finished_at = taken_at + timedelta(seconds=time.monotonic() - began)
        manifest = Lake(home).commit(landing.finish(), finished_at=finished_at, accept_drop=accept_drop)
    except (CoverageError, SourceError):
        # The downloaded files are still there: a next attempt, with other options, begins with them.
        landing.clear()
        raise
    shutil.rmtree(home.path / "archives", ignore_errors=True)
    return manifest


def _download(home: Home, archive: Archive, day: ArchivedDay, report: Report) -> tuple[dict[str, Path], dict[str, str]]:
    """The files on this disk, and why one is not."""
    paths, missing = {}, dict(day.missing)
    for kind, file in day.files.items():
        target = home.path / "archives" / archive.name / _name(kind, day, file)
        try:
            archive.repository.download(file, target, report)
        except Gone as error:
            missing[kind] = f"{file.path} of {day.at:%Y-%m-%d} is no longer there ({error})"
        else:
            paths[kind] = target
    if not paths:
        raise Gone(f"The revision of {day.at:%Y-%m-%d} has vanished: {'; '.join(missing.values())}")
    return paths, missing


def _name(kind: str, day: ArchivedDay, file: RemoteFile) -> str:
    return f"{day.at:%Y%m%dT%H%M%S}-{(file.sha256 or file.revision)[:16]}-{kind}.parquet"


def _look_into(path: Path, kind: str, day: ArchivedDay) -> Content:
    """What the file holds; BadPage when it is broken, OtherDay when it is not of the day that it should be."""
    try:
        content = inspect(path, kind.removesuffix("s"))
    except BadPage as error:
        path.unlink()
        raise BadPage(
            f"{kind}.parquet of {day.at:%Y-%m-%d} is {error}. Nothing of that day was added and nothing counts as removed."
        ) from None
    if content.newest_at is None:
        return content
    if not day.at - content.silence <= content.newest_at <= day.at + day.span + AHEAD:
        raise OtherDay(
            f"{kind}.parquet of {day.at:%Y-%m-%d} holds another day: its newest repository is of {content.newest_at:%Y-%m-%d}"
        )
    return content


def _moment(day: ArchivedDay, contents: dict[str, Content]) -> datetime:
    """When the content was made: the upload; or, where only the week is named, its newest repository in that week."""
    if not day.span:
        return day.at
    return max([day.at, *(content.newest_at for content in contents.values() if content.newest_at)])
