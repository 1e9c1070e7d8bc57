"""Past states of an archive as past snapshots: which there are, what they cost, and one after another into the lake."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime

from collector.archive import OtherDay, archived, take_day
from collector.profiles import PERIODS
from collector.progress import Report, duration
from collector.sources.archives import Archive, ArchivedDay, gone, open_archive
from collector.sources.hub import Gone, Hub
from collector.sources.repository import SPARE_DISK
from collector.upstream import Upstream
from warehouse.errors import BadPage, CoverageError, LakeError, SourceError
from warehouse.lake.lake import Lake
from warehouse.settings import Home

# Only to say beforehand how long it will take: a fair connection, and what reading took on 2 cores (tests/benchmarks).
DOWNLOADED_A_SECOND = 20_000_000
READ_A_SECOND = 15_000_000


@dataclass(frozen=True)
class Backfill:
    """What came of it."""

    taken: list[datetime] = field(default_factory=list)
    refused: dict[datetime, str] = field(default_factory=dict)
    """Days that could not be had, and why; they are tried again the next time."""


def backfill(
    home: Home, name: str, *, since: datetime, every: str, taken_at: datetime, upstream: Upstream, report: Report
) -> Backfill:
    """One snapshot for each month, week or day since a day, oldest first, not built; periods that are held are passed over.

    A day that has vanished or is broken is told and left out. Raises SourceError when the archive is gone or stops
    answering, and LakeError when the disk is too small; what was taken until then stays. Hold the lock meanwhile.
    """
    archive = open_archive(name, Hub(upstream, report.waiting))
    days = _plan(home, archive, since, every, report)
    done = Backfill()
    for number, day in enumerate(days, 1):
        report.say(f"{number} of {len(days)}: {day.at:%Y-%m-%d}, {day.size / 1e6:,.0f} MB")
        try:
            take_day(home, archive, day, taken_at=taken_at, report=report)
        except (Gone, BadPage, OtherDay, CoverageError) as error:
            done.refused[day.at] = str(error)
            report.say(f"{day.at:%Y-%m-%d} is left out: {error}")
        except SourceError as error:
            raise SourceError(
                f"{error} {len(done.taken)} of {len(days)} snapshots were taken and stay; run the same command again to go on."
            ) from None
        else:
            done.taken.append(day.at)
    return done


def _plan(home: Home, archive: Archive, since: datetime, every: str, report: Report) -> list[ArchivedDay]:
    """The days to take, with what they cost, said before the first download."""
    period = PERIODS[every]
    moments = [held.snapshot_at for held in archived(Lake(home))]
    held_periods = {period(moment) for moment in moments}

    def is_held(at: datetime) -> bool:
        return period(at) in held_periods or any(at <= moment <= at + archive.span for moment in moments)

    try:
        days = list(archive.days(since, period, is_held))
    except Gone as error:
        raise gone(archive, str(error)) from None
    if not days:
        if not any(moment >= since for moment in moments):
            raise gone(archive, f"It holds nothing since {since:%Y-%m-%d}.")
        report.say(f"{archive.name}: every {every} since {since:%Y-%m-%d} that it holds is there already.")
        return []
    size, largest = sum(day.size for day in days), max(day.size for day in days)
    seconds = size / DOWNLOADED_A_SECOND + size / READ_A_SECOND
    report.say(
        f"{archive.name}: {len(days)} snapshots, one for each {every} from {days[0].at:%Y-%m-%d} to {days[-1].at:%Y-%m-%d} "
        f"that is not held; {size / 1e9:.1f} GB to download, about {duration(seconds)} at "
        f"{DOWNLOADED_A_SECOND / 1e6:.0f} MB/s, {largest * SPARE_DISK / 1e9:.1f} GB of disk at a time beside the history"
    )
    free = shutil.disk_usage(home.path).free
    if largest * SPARE_DISK > free:
        raise LakeError(
            f"The largest day needs {largest * SPARE_DISK / 1e9:.1f} GB in {home.path}, where {free / 1e9:.1f} GB are free. "
            "Nothing was downloaded; make room, or set HUBSCOPE_HOME to a larger disk, and run again."
        )
    return days
