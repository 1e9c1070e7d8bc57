"""What every source has in common: the series it fills, what that costs, and pages fetched one by one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from collector.upstream import Budget
from warehouse.errors import BadPage, SourceError
from warehouse.listings import Series


@dataclass(frozen=True)
class Page:
    """One answer of a listing, raw, with where it came from and where the listing goes on."""

    body: bytes
    url: str
    next_url: str | None
    record_count: int
    """Exact where the listing ends at a number of records; else counted without parsing, for the progress line."""
    withheld_count: int = 0
    """Private records taken out of `body`: they are nobody else's business and never reach the disk."""
    is_simulated: bool = False
    budget: Budget | None = None


MOST_EMPTY_PAGES = 5
"""In a row. One in the middle happens; a listing that gives no more is one that never ends."""
FEWEST_PAGES = 100
"""That any listing may have, whatever was expected of it."""


class Pages:
    """Counts the pages of one listing and raises SourceError where it would never end."""

    def __init__(self, *, landed: int = 0, expected: int = 0) -> None:
        self._count, self._most = landed, max(FEWEST_PAGES, 3 * expected)
        self._empty = 0
        self._seen: set[str] = set()

    def ask(self, url: str) -> None:
        """A page is about to be asked for."""
        self._seen.add(url)

    def came(self, record_count: int, *, following: str | None) -> None:
        """It came, and names the one that follows."""
        self._count += 1
        self._empty = 0 if record_count else self._empty + 1
        if following is None:
            return
        if following in self._seen:
            raise SourceError("The listing leads back to a page it has already given, so it would never end.")
        if self._empty >= MOST_EMPTY_PAGES:
            raise SourceError(f"The listing gave {self._empty} empty pages in a row and goes on, so it may never end.")
        if self._count >= self._most:
            raise SourceError(
                f"The listing goes on after {self._count:,} pages, three times what was expected, so it may never end."
            )


def read_json(body: bytes, what: str, parse_constant: Callable[[str], Any] | None = None) -> Any:
    """The JSON of an answer. BadPage says that `what` is none, and whether a page for people came instead."""
    try:
        return json.loads(body, parse_constant=parse_constant)
    except (ValueError, RecursionError) as error:
        is_page = body.lstrip()[:1] == b"<"
        came = "but a web page, as a proxy or a network that wants a log-in sends it" if is_page else f"({error})"
        raise BadPage(f"{what} is not JSON {came}.") from None


class NotOffered(SourceError):
    """The server has no such listing: there is nothing to fetch, and nothing went wrong."""


class Source(Protocol):
    """One listing upstream. A failing side source is marked as failed; any other ends the run."""

    @property
    def series(self) -> Series: ...

    @property
    def is_side(self) -> bool: ...

    @property
    def first_url(self) -> str: ...

    @property
    def request_limit(self) -> int | None:
        """The most requests it may cost; None where the listing is read to its end."""
        ...

    def planned_requests(self, last_count: int | None) -> int:
        """What it will cost, given how many records the last snapshot of the series saw (None: there is none)."""
        ...

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        """The page at `first_url` or at the `next_url` before, cut at `wanted` records; raises SourceError."""
        ...
