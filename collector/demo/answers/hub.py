"""The Hub's listing routes: what a query asks for, one page of it, and the cursor to the next."""

import base64
import json
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from collector.demo.answers import records, taxonomy
from collector.demo.answers.counts import ROUTES, Counts, UnknownFilter
from collector.demo.world.chance import Floats, Ints
from collector.demo.world.ecosystem import Ecosystem

LARGEST_PAGE = 1_000
SORTS = ("createdAt", "downloads", "lastModified", "likes", "trendingScore")
# The real Hub narrows the listing by these; a world that ignored them would answer something else than was asked.
NOT_SIMULATED = (
    "filter",
    "search",
    "author",
    "pipeline_tag",
    "gated",
    "inference",
    "inference_provider",
    "apps",
    "num_parameters",
    "models",
    "datasets",
    "linked",
    "skip",
)
TAXONOMY = ("tasks", "models-tags-by-type", "datasets-tags-by-type")


class BadRequest(Exception):
    """What the Hub would refuse with HTTP 400; the message is its answer."""


@dataclass(frozen=True)
class Answer:
    """A body, and the query that leads to the next page."""

    body: bytes
    next_query: str | None = None


class Hub:
    """Answers `/api/...`, and what its pages fetch, as of a moment."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        self._ecosystem = ecosystem
        self._pages = {kind: records.Pages(ecosystem, kind) for kind in ecosystem.kinds}
        self._counts = Counts(ecosystem, self._pages)

    def answer(self, path: str, query: list[tuple[str, str]], at: int) -> Answer | None:
        """None where the Hub has no such route; raises BadRequest."""
        name = path.removeprefix("/api/")
        if path in ROUTES:
            return self._counted(ROUTES[path], query, at)
        if name == path:
            return None
        if name in TAXONOMY:
            return Answer(taxonomy.document(name))
        return self._listing(name, query, at) if name in self._pages else None

    def _counted(self, kind: str, query: list[tuple[str, str]], at: int) -> Answer:
        try:
            return Answer(self._counts.answer(kind, query, at))
        except (UnknownFilter, ValueError) as error:
            raise BadRequest(str(error)) from error

    def _listing(self, kind: str, query: list[tuple[str, str]], at: int) -> Answer:
        asked = dict(query)
        for name in NOT_SIMULATED:
            if name in asked:
                raise BadRequest(f"The simulated Hub cannot select by {name}")
        sort = asked.get("sort", "trendingScore")
        if sort not in SORTS or (kind == "spaces" and sort == "downloads"):
            raise BadRequest(f"Invalid sort parameter: {sort}")
        if asked.get("direction", "-1") != "-1":
            raise BadRequest("Invalid direction parameter: listings are in descending order")
        wanted = self._fields(kind, query, sort)
        rows, values = self._ecosystem.listing(kind, sort, at)
        start = _position(asked["cursor"], sort, rows, values) if "cursor" in asked else 0
        page = rows[start : start + _limit(asked.get("limit"))]
        following = None
        if start + len(page) < len(rows):
            last = start + len(page) - 1
            cursor = _cursor(sort, float(values[last]), self._ecosystem.kinds[kind].keys(rows[last : last + 1])[0])
            following = urlencode([(name, value) for name, value in query if name != "cursor"] + [("cursor", cursor)])
        return Answer(self._pages[kind].render(page, wanted, at), following)

    def _fields(self, kind: str, query: list[tuple[str, str]], sort: str) -> tuple[str, ...]:
        asked = dict(query)
        expand = [value for name, value in query if name in ("expand", "expand[]")]
        if expand:
            if {"full", "cardData", "config"} & asked.keys():
                raise BadRequest("Cannot use `expand` together with `full`, `cardData` or `config`")
            for name in expand:
                if name not in self._pages[kind].known:
                    raise BadRequest(f'Invalid option: expected one of the listing\'s properties, received "{name}"')
            return tuple(name for name in expand if name not in records.SILENT[kind])
        names = records.DEFAULT[kind].split()
        if _is_true(asked.get("full")):
            names += records.FULL[kind].split()
        names += [name for name in ("cardData", "config") if kind == "models" and _is_true(asked.get(name))]
        # Unasked, the score comes only with the order that it makes.
        return tuple(name for name in names if name != "trendingScore" or sort == "trendingScore")


def _limit(stated: str | None) -> int:
    if stated is None:
        return LARGEST_PAGE
    if not stated.isdecimal() or int(stated) < 1:
        raise BadRequest(f"Invalid limit parameter: {stated}")
    return min(int(stated), LARGEST_PAGE)


def _is_true(stated: str | None) -> bool:
    return (stated or "false").lower() in ("true", "1")


def _cursor(sort: str, value: float, key: str) -> str:
    """A keyset query, as the Hub writes it: the next smaller values, and among equals the next ids."""
    after = {"$or": [{sort: value, "_id": {"$gt": key}}, {sort: {"$lt": value}}, {sort: None}]}
    return base64.urlsafe_b64encode(json.dumps(after, separators=(",", ":")).encode()).decode()


def _position(cursor: str, sort: str, rows: Ints, values: Ints | Floats) -> int:
    """How many records come before the cursor."""
    try:
        among_equals = json.loads(base64.urlsafe_b64decode(cursor))["$or"][0]
        value, row = float(among_equals[sort]), int(among_equals["_id"]["$gt"][-6:], 16)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BadRequest("Invalid cursor") from error
    first = int(np.searchsorted(-values, -value, side="left"))
    last = int(np.searchsorted(-values, -value, side="right"))
    return first + int(np.searchsorted(rows[first:last], row, side="right"))
