"""What every source has in common: the series it fills, what that costs, and pages fetched one by one."""

from dataclasses import dataclass
from typing import Protocol

from collector.upstream import Budget
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
