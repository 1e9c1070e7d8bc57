"""The Hub's own counts: how many repositories of the whole Hub match a filter, one request for each count.

The address is the one that the Hub's listing pages ask, and is not documented. It is asked without a token, so that nobody's
private repositories are counted, and only the number is kept of an answer.
"""

import json
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlencode

from collector.sources.hub import CursorExpired, Gone, Hub, Refused
from collector.sources.page import NotOffered, Page, read_json
from warehouse.errors import BadPage, SourceError
from warehouse.listings import Series
from warehouse.marts import reference

LICENCES = {
    "model": (
        "apache-2.0 mit other openrail creativeml-openrail-m cc-by-nc-4.0 llama2 llama3 llama3.1 llama3.2 gemma cc-by-4.0"
        " cc-by-nc-sa-4.0 cc-by-sa-4.0 afl-3.0 gpl-3.0 unknown"
    ),
    "dataset": "apache-2.0 mit cc-by-4.0 other cc-by-nc-4.0 cc-by-sa-4.0 odc-by",
}
LIBRARIES = "transformers diffusers peft gguf stable-baselines3 sentence-transformers mlx timm"
LANGUAGES = "en zh fr ja de"
PATHS = {"model": "models-json", "dataset": "datasets-json"}  # none is known for Spaces
FILTERS = {
    "licence": ("license", "license:"),
    "task": ("pipeline_tag", ""),
    "library": ("library", ""),
    "language": ("language", ""),
}
"""Facet to the parameter that selects by it, and what stands before the value."""
LONGEST_TEXT = 100
"""Characters kept of what stands where a number should."""


@dataclass(frozen=True)
class Question:
    """One count: of a kind, all of it or what has this value of a facet."""

    kind: str
    facet: str = "whole"
    value: str = "all"

    def url(self, endpoint: str) -> str:
        # In order of creation: any other order of millions costs the Hub more.
        query = {"sort": "created", "withCount": "true"}
        if self.facet in FILTERS:
            name, before = FILTERS[self.facet]
            query[name] = before + self.value
        return f"{endpoint}/{PATHS[self.kind]}?{urlencode(query)}"


# The pages' rate limit is 100 requests in five minutes (hub-docs, rate-limits.md) and the last two are left over: so all of
# them fit into one window. The commonest values first; tasks are asked for completely, so that what states none is known.
QUESTIONS = (
    *(Question(kind) for kind in PATHS),
    *(Question(kind, "licence", value) for kind, values in LICENCES.items() for value in values.split()),
    *(Question("model", "library", value) for value in LIBRARIES.split()),
    *(Question("model", "language", value) for value in LANGUAGES.split()),
    *(Question("model", "task", task["task_id"]) for task in reference.rows("tasks")),
)


@dataclass(frozen=True)
class HubCounts:
    """The counts that are asked for, each with the moment at which it was given."""

    hub: Hub
    """Without a token, and with a pace of its own."""
    taken_at: datetime
    """Now, as the run says it."""
    questions: tuple[Question, ...] = QUESTIONS
    began: float = field(default_factory=time.monotonic)

    is_side = True

    @property
    def series(self) -> Series:
        return Series("hub_counts")

    @property
    def first_url(self) -> str:
        return next(iter(self._by_url))

    @property
    def request_limit(self) -> int:
        return len(self.questions)

    def planned_requests(self, last_count: int | None) -> int:
        return len(self.questions)

    def fetch(self, url: str, *, wanted: int | None) -> Page:
        """One count. What the server refuses to count becomes a record that the lake rejects.

        NotOffered when it counts nothing at all.
        """
        question = self._by_url.get(url)
        if question is None:
            raise CursorExpired("Other counts are asked for than when this began.")
        try:
            response = self.hub.get(url)
        except (Gone, Refused) as error:
            if url == self.first_url:
                raise NotOffered(f"This server does not count its listings. {error}") from None
            return Page(self._body(question, None, str(error)), url, self._following.get(url), record_count=1)
        stated = _stated(response.content)
        if stated is None and url == self.first_url:
            raise SourceError("The Hub's listing pages no longer say how many repositories there are.")
        body = self._body(question, stated, None)
        page = self.hub.page(response, body=body, next_url=self._following.get(url), record_count=1)
        return replace(page, url=url)

    def _body(self, question: Question, stated: object, fault: str | None) -> bytes:
        asked_at = self.taken_at + timedelta(seconds=time.monotonic() - self.began)
        count = {"asked_at": asked_at.isoformat(), "count": stated, "fault": fault}
        return json.dumps({"counts": [vars(question) | count]}).encode()

    @cached_property
    def _by_url(self) -> dict[str, Question]:
        return {question.url(self.hub.endpoint): question for question in self.questions}

    @cached_property
    def _following(self) -> dict[str, str]:
        return dict(pairwise(self._by_url))


def _stated(body: bytes) -> int | float | str | None:
    """What an answer gives as its total, number or not; BadPage when it is no answer of a listing page."""
    answer = read_json(body, "The answer", parse_constant=lambda name: name)
    if not isinstance(answer, dict):
        raise BadPage("The answer is JSON, but not that of a listing page.")
    stated = answer.get("numTotalItems")
    if isinstance(stated, str):
        return stated[:LONGEST_TEXT]
    return stated if isinstance(stated, int | float) else None
