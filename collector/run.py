"""One run: plan, fetch, commit, build, publish."""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from collector.archive import take_newest
from collector.fetch import ATTEMPTS_AT_A_BAD_PAGE, Fetcher
from collector.profiles import ARCHIVE, DEFAULT_ARCHIVE
from collector.progress import Report, label
from collector.sources import not_asked, sources
from collector.sources.page import Source
from collector.upstream import Upstream
from warehouse.errors import CoverageError, SourceError
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing
from warehouse.manifest import Manifest, naive_utc
from warehouse.marts.build import build
from warehouse.settings import Home, locked


def run(
    home: Home,
    profile: str,
    *,
    taken_at: datetime,
    upstream: Upstream | None = None,
    report: Report | None = None,
    accept_drop: bool = False,
    archive: str = DEFAULT_ARCHIVE,
) -> Manifest:
    """One snapshot, built and published; `upstream` is the environment's unless given, and `report` silent.

    archive: which one the profile `archive` reads.

    Raises BusyError, SourceError, CoverageError, LakeError, BuildError; in each case what was published stays so.
    """
    report = report or Report()
    with locked(home, taken_at):
        asked = upstream or Upstream.from_env()
        if profile == ARCHIVE:
            with retries_reported(asked, report):
                manifest = take_newest(
                    home, archive, taken_at=naive_utc(taken_at), upstream=asked, report=report, accept_drop=accept_drop
                )
        else:
            manifest = take_snapshot(
                home, profile, taken_at=taken_at, upstream=asked, report=report, accept_drop=accept_drop
            )
        report.say("building")
        build(home)
    return manifest


def take_snapshot(
    home: Home, profile: str, *, taken_at: datetime, upstream: Upstream, report: Report, accept_drop: bool = False
) -> Manifest:
    """One snapshot in the lake, not built; resumes an unfinished run of the same profile. Hold the lock meanwhile.

    taken_at: the moment the run begins, UTC (naive) or with a zone.
    """
    if taken_at.tzinfo:
        taken_at = taken_at.astimezone(UTC).replace(tzinfo=None)
    landing = Landing.open(home, profile=profile, endpoint=upstream.hub, now=taken_at.replace(microsecond=0))
    plan = _plan(home, profile, landing, upstream, report, taken_at)
    for series, (status, reason) in not_asked(upstream).items():
        landing.mark(series, status=status, reason=reason)
    was_complete = all(landing.series(source.series).is_done for source, _ in plan if not source.is_side)
    fetcher = Fetcher(landing, report, upstream.first_wait)
    try:
        with retries_reported(upstream, report):
            return _fetch_and_commit(Lake(home), fetcher, plan, taken_at=taken_at, accept_drop=accept_drop)
    except CoverageError:
        if not was_complete:
            raise
    # The pages of an earlier run, refused before and now again: ask anew.
    landing.clear()
    return take_snapshot(home, profile, taken_at=taken_at, upstream=upstream, report=report, accept_drop=accept_drop)


def _fetch_and_commit(
    lake: Lake, fetcher: Fetcher, plan: list[tuple[Source, int]], *, taken_at: datetime, accept_drop: bool
) -> Manifest:
    """A page that is broken inside is found when the lake reads it; its listing then goes on from there."""
    began = time.monotonic()
    for attempts_left in range(ATTEMPTS_AT_A_BAD_PAGE - 1, -1, -1):
        for source, planned in plan:
            fetcher.fetch(source, planned=planned)
        fetcher.report.say("writing the lake")
        finished_at = taken_at + timedelta(seconds=time.monotonic() - began)
        try:
            return lake.commit(fetcher.landing.finish(), finished_at=finished_at, accept_drop=accept_drop)
        except SourceError as error:
            if not attempts_left:
                raise
            fetcher.report.say(str(error))
    raise AssertionError("the last attempt returns or raises")


def _plan(
    home: Home, profile: str, landing: Landing, upstream: Upstream, report: Report, taken_at: datetime
) -> list[tuple[Source, int]]:
    """Every source with the pages it will take, said before the first request."""
    last_counts = {
        (state.listing, state.coverage): state.record_count
        for manifest in Lake(home).manifests()
        for state in manifest.listings
        if state.status == "ok"
    }
    plan = []
    for source in sources(profile, upstream, report.waiting, taken_at=taken_at):
        series = source.series
        plan.append((source, source.planned_requests(last_counts.get((series.listing, series.coverage)))))
    if landing.is_resumed:
        report.say(f"resuming the run of {landing.snapshot_at:%Y-%m-%d %H:%M:%S} UTC")
    costs = [(source, planned - landing.series(source.series).pages) for source, planned in plan]
    report.say(f"{profile}: about {sum(max(0, cost) for _, cost in costs):,} requests")
    for source, cost in costs:
        report.say(f"  {label(source.series)}: {max(0, cost):,}")
    return plan


@contextmanager
def retries_reported(upstream: Upstream, report: Report) -> Iterator[None]:
    """Route huggingface_hub's log of retries and waits to the report, instead of to stderr."""

    class ToReport(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # Without the query: a listing's is longer than a line.
            report.say(upstream.quote(re.sub(r"\?\S+", "", record.getMessage())))

    logger = logging.getLogger("huggingface_hub")
    before, logger.handlers = logger.handlers, [ToReport()]
    try:
        yield
    finally:
        logger.handlers = before
