"""Which listings a profile reads, in which order. The Hub first: only its failure ends a run."""

from collections.abc import Callable

from collector.sources.catalogue import Catalogue
from collector.sources.hub import KINDS, Hub, HubListing
from collector.sources.openai_models import OpenAIModels
from collector.sources.page import Source
from collector.sources.pypi_downloads import PyPIDownloads
from collector.sources.taxonomy import HubTaxonomy
from collector.upstream import Upstream
from warehouse.listings import Series

# Coverages of each kind. `quick` costs 58 requests with full pages and at most 60 with short ones.
PROFILES: dict[str, tuple[tuple[str, int | None], ...]] = {
    "quick": (("top", 10_000), ("newest", 5_000)),
    "full": (("full", None),),
}
ARCHIVE = "archive"
"""The profile that asks no listing, but takes a file that others publish of the whole Hub."""
DEFAULT_ARCHIVE = "hub-stats"


def sources(profile: str, upstream: Upstream, waiting: Callable[[float, str], None]) -> list[Source]:
    """What can be asked with the keys at hand; see `skipped` for the rest."""
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
    return [*listings, *side, *([OpenAIModels(upstream)] if upstream.openai_key else [])]


def skipped(upstream: Upstream) -> dict[Series, str]:
    """Listings that cannot be asked, each with one line why."""
    return {} if upstream.openai_key else {Series("openai_models"): "OPENAI_API_KEY is not set"}
