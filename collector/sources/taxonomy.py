"""The Hub's own vocabulary: its tasks, and the tags by type (licences, libraries, languages, tasks with modality)."""

from dataclasses import dataclass

from collector.sources.hub import Hub
from collector.sources.page import Page, read_json
from warehouse.errors import BadPage
from warehouse.listings import Series

# The same document for Spaces answers 401 without a token.
DOCUMENTS = {"hub_tasks": ("tasks",), "hub_tags": ("models-tags-by-type", "datasets-tags-by-type")}


@dataclass(frozen=True)
class HubTaxonomy:
    """One vocabulary: hub_tasks is one document; hub_tags is two, in the order of DOCUMENTS."""

    hub: Hub
    listing: str

    is_side = True

    @property
    def series(self) -> Series:
        return Series(self.listing)

    @property
    def first_url(self) -> str:
        return self._urls[0]

    @property
    def request_limit(self) -> int:
        return len(self._urls)

    def planned_requests(self, last_count: int | None) -> int:
        return len(self._urls)

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        response = self.hub.get(url)
        following = dict(zip(self._urls, self._urls[1:], strict=False))
        count = _entry_count(response.content)
        return self.hub.page(response, body=response.content, next_url=following.get(url), record_count=count)

    @property
    def _urls(self) -> list[str]:
        return [f"{self.hub.endpoint}/api/{document}" for document in DOCUMENTS[self.listing]]


def _entry_count(body: bytes) -> int:
    """Tasks, or tags over all groups; BadPage when the document is not a vocabulary or is empty."""
    groups = read_json(body, "The answer")
    if not isinstance(groups, dict) or not groups:
        raise BadPage("The answer is JSON, but holds no vocabulary.")
    return sum(len(group) if isinstance(group, list) else 1 for group in groups.values())
