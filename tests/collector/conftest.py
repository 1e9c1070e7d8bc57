"""A running server for each test, and one line to take a snapshot from it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from collector.progress import Report
from collector.run import take_snapshot
from tests.collector.hub_server import HubServer, serving
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


def state(manifest: Manifest, listing: str, coverage: str = "full") -> Any:
    """What the manifest says of one series."""
    return next(s for s in manifest.listings if (s.listing, s.coverage) == (listing, coverage))
