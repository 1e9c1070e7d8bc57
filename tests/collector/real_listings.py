"""Real listings, as states over time that a server can give one after another (SOURCE.md is beside the data)."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

from collector.progress import Report
from collector.sources.hub import KINDS, Hub, HubListing
from collector.sources.openai_models import OpenAIModels
from collector.sources.taxonomy import HubTaxonomy
from tests.collector.conftest import snapshot_of
from tests.collector.hub_server import Answer, serving
from tests.conftest import REAL_DATA
from warehouse.errors import CoverageError
from warehouse.settings import Home


def lines(name: str) -> list[dict[str, Any]]:
    with gzip.open(REAL_DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def moment(text: str) -> datetime:
    """ISO 8601 with a zone as naive UTC in whole seconds."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def as_api_record(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the trending files as the API would have given it; `_id` was not recorded."""
    names = {"pipelineTag": "pipeline_tag", "libraryName": "library_name"}
    return {
        names.get(key, key): value for key, value in row.items() if value is not None and key not in ("rank", "url")
    }


class Trending:
    """A week of the top 1,000 of each kind, as its collector committed it: placeholders, short and repeated states."""

    def __init__(self) -> None:
        self.states = {
            kind: [
                (moment(line["committed_at"]), moment(line["content"]["fetchedAt"]), line["content"][kind])
                for line in lines(f"hub_trending_{kind}_2026-04.snapshots.ndjson.gz")
            ]
            for kind in KINDS
        }

    def moments(self) -> list[tuple[datetime, datetime]]:
        """When to look and how to date it: every state of models by when it was fetched. Old states that were committed
        again, and the placeholders and relapses of the other kinds, by when they were committed."""
        looks = {at: fetched for at, fetched, _ in self.states["models"]}
        again = {at: at for kind in KINDS[1:] for at, fetched, _ in self.states[kind] if (at - fetched).days > 2}
        dated: list[tuple[datetime, datetime]] = []
        for at, fetched in sorted((again | looks).items()):
            dated.append((at, fetched if not dated or fetched > dated[-1][1] else at))
        return dated

    def at(self, kind: str, when: datetime) -> list[dict[str, Any]]:
        """What the file of one kind held at a moment."""
        held = [rows for at, _, rows in sorted(self.states[kind], key=lambda state: state[0]) if at <= when]
        return held[-1] if held else []


class Week:
    """The week, collected as the top of each kind into one home."""

    def __init__(self, home: Home) -> None:
        self.home, self.trending = home, Trending()
        self.published: list[tuple[datetime, datetime]] = []
        """When models were looked at, and the snapshot's date: a failed run is gone on with next time."""
        self.manifests: list[Any] = []
        begun: tuple[datetime, datetime] | None = None
        with serving() as hub:
            client = Hub(hub.upstream(), Report().waiting)
            tops = [HubListing(client, kind, "top", 10_000) for kind in KINDS]
            for number, (when, dated) in enumerate(self.trending.moments()):
                begun = begun or (when, dated)
                listed = {kind: self.trending.at(kind, when) for kind in KINDS}
                hub.listings = {f"/api/{kind}": [as_api_record(row) for row in listed[kind]] for kind in KINDS}
                # Every placeholder, short state and relapse of all kinds; of the plain days, models always and the
                # other kinds every third time, to save time.
                is_plain = min(map(len, listed.values())) == 1_000
                try:
                    manifest = snapshot_of(home, tops[:1] if is_plain and number % 3 else tops, taken_at=dated)
                except CoverageError:
                    assert not all(listed.values()), "only a placeholder is implausible"
                else:
                    self.published.append(begun)
                    self.manifests.append(manifest)
                    begun = None

    def downloads(self, model: str) -> list[tuple[datetime, int | None]]:
        """The file's own history of one model: downloads at each published snapshot, None where it is not listed."""
        found = []
        for when, dated in self.published:
            listed = {row["id"]: row["downloads"] for row in self.trending.at("models", when)}
            found.append((dated, listed.get(model)))
        return found


class OpenAIYear:
    """OpenAI's list of 2026, state by state, with the two answers that failed."""

    def __init__(self, home: Home) -> None:
        self.home, self.states = home, lines("openai_models_2026.versions.ndjson.gz")
        self.manifests = []
        with serving() as hub:
            upstream = hub.upstream(openai_key="sk-x", retries=0)
            tasks, models = HubTaxonomy(Hub(upstream, Report().waiting), "hub_tasks"), OpenAIModels(upstream)
            for version in self.states:
                hub.documents["/v1/models"] = {"object": "list", "data": version["models"]}
                hub.answers["/v1/models"] = [] if version["success"] else [Answer(status=500, body=b'{"models":[]}')]
                listings = [models] if version["success"] else [tasks, models]  # a run of failures only is no run
                self.manifests.append(snapshot_of(home, listings, taken_at=moment(version["committed_at"])))

    def events(self) -> list[tuple[datetime, str, str]]:
        """Arrivals, returns and removals between the good states, counted from the file."""
        known: set[str] = set()
        listed: set[str] | None = None
        events = []
        for version in self.states:
            if not version["success"]:
                continue
            now, at = {model["id"] for model in version["models"]}, moment(version["committed_at"])
            if listed is not None:
                events += [(at, "returned" if model in known else "arrived", model) for model in now - listed]
                events += [(at, "removed", model) for model in listed - now]
            known, listed = known | now, now
        return sorted(events)
