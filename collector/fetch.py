"""Fetch one listing onto the disk, page by page, from where an interrupted run left it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from collector.progress import Report, label
from collector.sources.hub import PAGE_SIZE, CursorExpired
from collector.sources.page import NotOffered, Page, Pages, Source
from warehouse.errors import BadPage, CoverageError, SourceError
from warehouse.landing.run import LandedSeries, Landing

ATTEMPTS_AT_A_BAD_PAGE = 3  # an error page with status 200 is gone a few seconds later, or stays


class RewoundListing(SourceError):
    """A page that landed earlier turned out not to be JSON; the listing stands at it again."""


@contextmanager
def _rewinding(landed: LandedSeries) -> Iterator[None]:
    """Raise RewoundListing where the landing went back to an earlier page; other faults pass through."""
    pages = landed.pages
    try:
        yield
    except SourceError as error:
        raise RewoundListing(str(error)) if landed.pages < pages else error from None


@dataclass
class Fetcher:
    """Fetches the listings of one run, one after another, into its landing."""

    landing: Landing
    report: Report
    first_wait: float
    """Seconds before an answer that is not a listing is asked for again."""

    def fetch(self, source: Source, *, planned: int) -> None:
        """All pages of one listing. A failing side source is marked as failed, one that is not offered as skipped; any other
        raises SourceError.

        Raises CoverageError when a listing of the Hub is empty from its first page to its last; it is then forgotten.
        """
        name, landed = label(source.series), self.landing.series(source.series)
        if landed.is_done:
            return
        self.report.begin(source.series, planned=planned, landed=landed.pages)
        try:
            self._fetch_pages(source, landed, planned)
        except SourceError as error:
            if source.is_side:
                status = "skipped" if isinstance(error, NotOffered) else "failed"
                self.landing.mark(source.series, status=status, reason=str(error))
                self.report.say(f"{name}: {status}: {error}")
                return
            raise SourceError(
                f"{name}: {error} Nothing was added. Pages kept of this listing: {landed.pages:,}. "
                "Run `hubscope collect` again within 24 hours to go on from there."
            ) from None
        finally:
            self.report.end()

    def _fetch_pages(self, source: Source, landed: LandedSeries, planned: int) -> None:
        """To the end of the listing; begins again where a page turns out bad later, or a cursor is no longer taken."""
        for attempts_left in range(ATTEMPTS_AT_A_BAD_PAGE - 1, -1, -1):
            pages = landed.pages
            try:
                self._read_on(source, landed, planned)
                return
            except CursorExpired as error:
                if landed.pages > pages or not pages or not attempts_left:
                    raise
                self.report.say(f"{label(source.series)}: {error} Starting this listing anew.")
                landed.restart()
            except RewoundListing as error:
                if not attempts_left:
                    raise
                self.report.waiting(self.first_wait, str(error))
                time.sleep(self.first_wait)

    def _read_on(self, source: Source, landed: LandedSeries, planned: int) -> None:
        record_count = landed.pages * PAGE_SIZE  # of a resumed listing: full pages, as far as we know
        url: str | None = landed.next_url or source.first_url
        pages = Pages(landed=landed.pages, expected=planned)
        while url:
            pages.ask(url)
            wanted = None if source.series.limit is None else source.series.limit - record_count
            with _rewinding(landed):
                page = self._fetch_page(source, landed, url, wanted, pages)
            if page.is_simulated and not self.landing.is_simulated:
                self.landing.is_simulated = True
            record_count += page.record_count
            self.report.page(page.record_count, page.budget)
            if page.withheld_count:
                self.report.say(f"{label(source.series)}: {page.withheld_count:,} private records left out")
            url = landed.next_url
        if not record_count:
            landed.restart()
            if source.is_side:
                raise SourceError("The answer is empty, which is taken for a fault there: nothing counts as removed.")
            raise CoverageError(
                f"{label(source.series)}: the listing is empty, which is taken for a fault upstream. Nothing was "
                "added and nothing counts as removed. Run `hubscope collect` again later."
            )

    def _fetch_page(self, source: Source, landed: LandedSeries, url: str, wanted: int | None, pages: Pages) -> Page:
        """One page on disk; asks again when the answer is not a listing."""
        is_last = source.request_limit is not None and landed.pages + 1 >= source.request_limit
        attempts_left = ATTEMPTS_AT_A_BAD_PAGE
        while True:
            try:
                page = source.fetch(url, wanted=wanted)
                pages.came(page.record_count, following=None if is_last else page.next_url)
                landed.add_page(page.body, url=page.url, next_url=None if is_last else page.next_url)
                return page
            except BadPage as error:
                attempts_left -= 1
                if not attempts_left:
                    raise
                self.report.waiting(self.first_wait, str(error))
                time.sleep(self.first_wait)
