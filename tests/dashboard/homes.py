"""Homes as they are on a first day and later: what was collected of one small world, made without a server."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from collector.demo.answers.hub import Hub
from collector.demo.answers.side_sources import catalogue_document, models_document, overall_document
from collector.demo.world.ecosystem import Ecosystem
from collector.sources.hub import EXPAND
from collector.sources.hub_counts import QUESTIONS
from collector.sources.pypi_downloads import PACKAGES
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing
from warehouse.listings import Series
from warehouse.marts.build import build
from warehouse.settings import Home

TODAY = datetime(2026, 10, 20, 12, tzinfo=UTC)
TOP, NEWEST = 300, 90
"""How many repositories a quick run lists of each kind, of a world of three times as many models."""
HUB_OF_2022 = "hub_models_2022-07.ndjson.gz"
Pages = list[bytes]


@dataclass(frozen=True)
class Listed:
    """One listing as a run collected it."""

    series: Series
    pages: Pages


@cache
def _hub() -> Hub:
    return Hub(Ecosystem(models=900, until=TODAY.date()))


def _repositories(kind: str, coverage: str, at: datetime) -> Listed:
    sort = "createdAt" if coverage != "top" else "likes" if kind == "spaces" else "downloads"
    limit = {"top": TOP, "newest": NEWEST}.get(coverage)
    query = [("sort", sort), ("limit", str(limit or 1_000)), *[("expand", name) for name in EXPAND[kind].split()]]
    answer = _hub().answer(f"/api/{kind}", query, int(at.timestamp()))
    assert answer is not None
    return Listed(Series(f"hub_{kind}", coverage, limit), [answer.body])


def quick(at: datetime) -> list[Listed]:
    """The most used and the newest of each kind."""
    kinds = ("models", "datasets", "spaces")
    return [_repositories(kind, coverage, at) for kind in kinds for coverage in ("top", "newest")]


def whole(at: datetime, coverage: str = "full") -> list[Listed]:
    """Every repository."""
    return [_repositories(kind, coverage, at) for kind in ("models", "datasets", "spaces")]


def keyless(at: datetime) -> list[Listed]:
    """Side listings that need no key."""
    moment = int(at.timestamp())
    packages = [document for name in PACKAGES if (document := overall_document(name, moment))]
    return [
        Listed(Series("catalogue_models"), [catalogue_document(moment)]),
        Listed(Series("pypi_downloads"), packages),
    ]


def census(at: datetime) -> list[Listed]:
    """The Hub's own counts."""
    counts = []
    for question in QUESTIONS:
        address = urlsplit(question.url(""))
        answer = _hub().answer(address.path, parse_qsl(address.query), int(at.timestamp()))
        assert answer is not None
        total = json.loads(answer.body)["numTotalItems"]
        counts.append(vars(question) | {"asked_at": at.isoformat(), "count": total, "fault": None})
    return [Listed(Series("hub_counts"), [json.dumps({"counts": counts}).encode()])]


def openai(at: datetime) -> list[Listed]:
    """The list that needs a key."""
    return [Listed(Series("openai_models"), [models_document(int(at.timestamp()))])]


def of_2022(rows: Iterable[dict[str, object]]) -> list[Listed]:
    """A listing without tags, dates, likes and cards, as the Hub of July 2022 was once kept."""
    return [Listed(Series("hub_models"), [json.dumps(list(rows)).encode()])]


def make(folder: Path, *runs: tuple[datetime, list[Listed]]) -> Home:
    """A home with these runs, oldest first, and one build of them."""
    home = Home(folder)
    for at, listings in runs:
        landing = Landing.open(home, profile="full", endpoint="https://huggingface.co", now=at)
        for listed in listings:
            taken = landing.series(listed.series)
            for number, page in enumerate(listed.pages):
                following = f"https://x/{number + 1}" if number + 1 < len(listed.pages) else None
                taken.add_page(page, url=f"https://x/{number}", next_url=following)
        Lake(home).commit(landing.finish(), finished_at=at + timedelta(minutes=1), accept_drop=True)
    build(home)
    return home


def _ago(days: int) -> datetime:
    return TODAY - timedelta(days=days)


HOMES: dict[str, Callable[[], list[tuple[datetime, list[Listed]]]]] = {
    "one quick": lambda: [(TODAY, quick(TODAY) + keyless(TODAY) + openai(TODAY))],
    "quick, no key": lambda: [(TODAY, quick(TODAY) + keyless(TODAY))],
    "quick twice": lambda: [(at, quick(at) + keyless(at) + openai(at)) for at in (_ago(8), TODAY)],
    "census": lambda: [(TODAY, quick(TODAY) + keyless(TODAY) + census(TODAY))],
    "archive": lambda: [(TODAY, whole(TODAY, "archive"))],
    "whole with history": lambda: [
        (at, whole(at) + keyless(at) + openai(at)) for at in (_ago(372), _ago(190), _ago(8), TODAY)
    ],
    "OpenAI only": lambda: [(TODAY, openai(TODAY))],
}
"""Name of a kind of home to its runs; `of_2022` and the empty home are made apart."""
