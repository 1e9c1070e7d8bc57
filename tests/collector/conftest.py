"""A running server for each test, and one line to land a listing or take a snapshot from it."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest

from collector.fetch import Fetcher
from collector.progress import Report
from collector.run import take_snapshot
from collector.sources.hub import Hub, HubListing
from collector.sources.page import Source
from tests.collector.hub_server import HubServer, serving
from tests.collector.repository_server import RepositoryServer, serving_repositories
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing
from warehouse.manifest import Manifest
from warehouse.settings import Home

NOON = datetime(2026, 11, 24, 12)


class Heard(Report):
    """Remembers what a run said."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.waits: list[float] = []

    def say(self, text: str) -> None:
        self.lines.append(text)

    def waiting(self, seconds: float, reason: str) -> None:
        self.waits.append(seconds)


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serving() as server:
        yield server


@pytest.fixture
def repositories() -> Iterator[RepositoryServer]:
    with serving_repositories() as server:
        yield server


@pytest.fixture
def heard() -> Heard:
    return Heard()


class Snapshots:
    """Takes snapshots of one server into one home."""

    def __init__(self, home: Home, hub: HubServer, heard: Heard) -> None:
        self.home, self.hub, self.heard = home, hub, heard

    def take(
        self, profile: str = "full", *, taken_at: datetime = NOON, accept_drop: bool = False, **upstream: Any
    ) -> Manifest:
        return take_snapshot(
            self.home,
            profile,
            taken_at=taken_at,
            upstream=self.hub.upstream(**upstream),
            report=self.heard,
            accept_drop=accept_drop,
        )


@pytest.fixture
def snapshots(home: Home, hub: HubServer, heard: Heard) -> Snapshots:
    return Snapshots(home, hub, heard)


def snapshot_of(home: Home, sources: Sequence[Source], *, taken_at: datetime, report: Report | None = None) -> Manifest:
    """A snapshot of a few sources only."""
    landing = Landing.open(home, profile="full", endpoint="http://127.0.0.1", now=taken_at)
    for source in sources:
        Fetcher(landing, report or Report(), first_wait=0.01).fetch(source, planned=1)
    return Lake(home).commit(landing.finish(), finished_at=taken_at)


class Landings:
    """Lands single listings of one server into one unfinished run, without a lake."""

    def __init__(self, home: Home, hub: HubServer, heard: Heard) -> None:
        self.home, self.hub, self.heard = home, hub, heard

    def land(
        self, kind: str = "models", coverage: str = "full", limit: int | None = None, **upstream: Any
    ) -> list[str]:
        """The ids on disk once the listing has come to its end; an earlier attempt is gone on with."""
        asked = self.hub.upstream(**upstream)
        landing = Landing.open(self.home, profile="full", endpoint=asked.hub, now=NOON)
        source = HubListing(Hub(asked, self.heard.waiting), kind, coverage, limit)
        Fetcher(landing, self.heard, asked.first_wait).fetch(source, planned=1)
        pages = sorted(landing.series(source.series).folder.glob("page-*.json"))
        return [row["id"] for page in pages for row in json.loads(page.read_bytes())]


@pytest.fixture
def landings(home: Home, hub: HubServer, heard: Heard) -> Landings:
    return Landings(home, hub, heard)


def state(manifest: Manifest, listing: str, coverage: str = "full") -> Any:
    """What the manifest says of one series."""
    return next(s for s in manifest.listings if (s.listing, s.coverage) == (listing, coverage))
