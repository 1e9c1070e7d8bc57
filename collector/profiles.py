"""What can be asked for: profiles with their listings, archives, periods and times. The command line's `--help` needs no more."""

from collections.abc import Callable
from datetime import datetime

# Coverages of each kind. `quick` costs 58 requests of the API with full pages and at most 60 with short ones; the 98 counts of
# the whole Hub that every profile asks for besides have a rate limit of their own.
PROFILES: dict[str, tuple[tuple[str, int | None], ...]] = {
    "quick": (("top", 10_000), ("newest", 5_000)),
    "full": (("full", None),),
}
ARCHIVE = "archive"
"""The profile that asks no listing, but takes a file that others publish of the whole Hub."""
ARCHIVES = {"hub-stats": "cfahlgren1/hub-stats", "weekly": "hfmlsoc/hub_weekly_snapshots"}
"""Name of an archive to the data set of the Hub that holds it."""
DEFAULT_ARCHIVE = "hub-stats"
PERIODS: dict[str, Callable[[datetime], object]] = {
    "month": lambda at: (at.year, at.month),
    "week": lambda at: at.isocalendar()[:2],
    "day": lambda at: at.date(),
}
"""Of which `backfill` takes one snapshot each."""
DEFAULT_CRON = "0 12 * * *"
"""UTC: the Hub refreshes its counters in the hours before."""
