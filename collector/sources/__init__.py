"""One source, one module: each yields the raw pages of its listings and says beforehand how many requests they cost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from collector.profiles import PROFILES
from collector.sources.catalogue import Catalogue
from collector.sources.hub import KINDS, Hub, HubListing
from collector.sources.hub_counts import HubCounts
from collector.sources.openai_models import OpenAIModels
from collector.sources.page import Source
from collector.sources.pypi_downloads import PACKAGES, PyPIDownloads
from collector.sources.taxonomy import HubTaxonomy
from collector.upstream import Upstream
from warehouse.listings import COURSE_PACKAGES, Series


def sources(
    profile: str, upstream: Upstream, waiting: Callable[[float, str], None], *, taken_at: datetime
) -> list[Source]:
    """What can be asked with the keys at hand, the Hub first: only its failure ends a run. See `not_asked` for the rest.

    taken_at: now, as the run says it.
    """
    hub = Hub(upstream, waiting)
    listings: list[Source] = [
        HubListing(hub, kind, coverage, limit) for kind in KINDS for coverage, limit in PROFILES[profile]
    ]
    side: list[Source] = [
        HubTaxonomy(hub, "hub_tasks"),
        HubTaxonomy(hub, "hub_tags"),
        Catalogue(upstream),
        # A quick run asks for no more than the course needs, and so stays within its requests.
        PyPIDownloads(upstream, PACKAGES if profile == "full" else COURSE_PACKAGES),
    ]
    if upstream.openai_key:
        side.append(OpenAIModels(upstream))
    # Last, for it may have to wait; a Hub of its own, for the pages' rate limit is another one.
    side.append(HubCounts(Hub(replace(upstream, hub_token=None), waiting), taken_at))
    return [*listings, *(source for source in side if source.series.listing not in upstream.unusable)]


def not_asked(upstream: Upstream) -> dict[Series, tuple[str, str]]:
    """Listings that cannot be asked, with their status and one line why."""
    found = {Series(listing): ("failed", reason) for listing, reason in upstream.unusable.items()}
    if not upstream.openai_key:
        found.setdefault(Series("openai_models"), ("skipped", "OPENAI_API_KEY is not set"))
    return found
