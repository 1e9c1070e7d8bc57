"""models.dev: release dates, prices, context, modalities and published scores of closed and open models. No key."""

from dataclasses import dataclass

from collector.sources.document import download
from collector.sources.page import Page, read_json
from collector.upstream import Upstream
from warehouse.errors import BadPage
from warehouse.listings import Series


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue, one document. The Hub's token never goes there."""

    upstream: Upstream

    is_side = True
    request_limit = 1

    @property
    def series(self) -> Series:
        return Series("catalogue_models")

    @property
    def first_url(self) -> str:
        return self.upstream.catalogue_url

    def planned_requests(self, last_count: int | None) -> int:
        return 1

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        document = download(self.upstream, url, "The catalogue")
        count = _model_count(document.body)
        return Page(document.body, url, next_url=None, record_count=count, is_simulated=document.is_simulated)


def _model_count(body: bytes) -> int:
    """Models over all providers; BadPage when there are none: a fault there, not removals."""
    providers = read_json(body, "The catalogue")
    listed = providers.values() if isinstance(providers, dict) else ()
    count = sum(len(provider.get("models") or ()) for provider in listed if isinstance(provider, dict))
    if not count:
        raise BadPage("The catalogue names no model: read as a fault there, not as removals.")
    return count
