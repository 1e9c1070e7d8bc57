"""What can be asked for: profiles with their listings, archives, periods and times. The command line's `--help` needs no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.listings import Series

if TYPE_CHECKING:
    from collector.sources.page import Source
    from collector.upstream import Upstream

# Coverages of each kind. `quick` costs 58 requests with full pages and at most 60 with short ones.
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


def sources(profile: str, upstream: Upstream, waiting: Callable[[float, str], None]) -> list[Source]:
    """What can be asked with the keys at hand, the Hub first: only its failure ends a run. See `not_asked` for the rest."""
    from collector.sources.catalogue import Catalogue
    from collector.sources.hub import KINDS, Hub, HubListing
    from collector.sources.openai_models import OpenAIModels
    from collector.sources.pypi_downloads import PyPIDownloads
    from collector.sources.taxonomy import HubTaxonomy

    hub = Hub(upstream, waiting)
    listings: list[Source] = [
        HubListing(hub, kind, coverage, limit) for kind in KINDS for coverage, limit in PROFILES[profile]
    ]
    side: list[Source] = [
        HubTaxonomy(hub, "hub_tasks"),
        HubTaxonomy(hub, "hub_tags"),
        Catalogue(upstream),
        PyPIDownloads(upstream),
    ]
    if upstream.openai_key:
        side.append(OpenAIModels(upstream))
    return [*listings, *(source for source in side if source.series.listing not in upstream.unusable)]


def not_asked(upstream: Upstream) -> dict[Series, tuple[str, str]]:
    """Listings that cannot be asked, with their status and one line why."""
    found = {Series(listing): ("failed", reason) for listing, reason in upstream.unusable.items()}
    if not upstream.openai_key:
        found.setdefault(Series("openai_models"), ("skipped", "OPENAI_API_KEY is not set"))
    return found
