"""A small server that speaks like the Hub, the OpenAI API and models.dev, from records in memory, and fails on request.

`answers` holds what the next requests of a path get: an Answer, or None for the ordinary one.
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from collector.sources.pypi_downloads import PACKAGES
from collector.upstream import Upstream
from tests.collector.on_localhost import on_localhost

TASKS = {"text-generation": {"id": "text-generation", "label": "Text Generation"}}
TAGS = {
    "pipeline_tag": [{"id": "text-generation", "label": "Text Generation", "type": "pipeline_tag", "subType": "nlp"}],
    "license": [{"id": "license:mit", "label": "mit", "type": "license"}],
}
CATALOGUE = {"openai": {"id": "openai", "name": "OpenAI", "models": {"gpt-5": {"id": "gpt-5", "name": "GPT-5"}}}}
COUNTED = {"/models-json": "models", "/datasets-json": "datasets"}
OPENAI = [{"id": "gpt-5", "object": "model", "created": 1754425777, "owned_by": "system"}]


@dataclass
class Answer:
    """One scripted answer. `cut` sends half of the body and hangs up, `drip` seconds pass before each of its bytes;
    `{host}` in a header is this server."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    drip: float = 0.0


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


def record(number: int, **fields: Any) -> dict[str, Any]:
    """One repository with what every listing gives; fields None are absent."""
    whole = {
        "_id": f"{number:024x}",
        "id": f"owner/repository-{number}",
        "createdAt": "2024-05-01T10:00:00.000Z",
        "private": False,
        "likes": number,
        "downloads": 10 * number,
        "tags": ["license:mit"],
        **fields,
    }
    return {key: value for key, value in whole.items() if value is not None}


def pypi_days(package: str, **downloads: int) -> dict[str, Any]:
    """What pypistats answers: a day of 2026-11 (`d20=5`) with its downloads; two days unless given."""
    days = downloads or {"d19": 1_000, "d20": 1_100}
    data = [
        {"category": "without_mirrors", "date": f"2026-11-{day[1:]}", "downloads": count} for day, count in days.items()
    ]
    return {"data": data, "package": package, "type": "overall_downloads"}


class HubServer:
    """Records per path, and a list of all requests that arrived."""

    def __init__(self) -> None:
        self.documents: dict[str, Any] = {
            "/api/tasks": TASKS,
            "/api/models-tags-by-type": TAGS,
            "/api/datasets-tags-by-type": {"license": TAGS["license"]},
            "/api.json": CATALOGUE,
            "/v1/models": {"object": "list", "data": OPENAI},
            **{f"/api/packages/{package}/overall": pypi_days(package) for package in PACKAGES},
        }
        self.listings: dict[str, list[Any]] = {
            f"/api/{kind}": [record(n) for n in range(1, 4)] for kind in ("models", "datasets", "spaces")
        }
        self.page_size = 1_000
        self.quota: int | None = None  # requests per window of `window` seconds, as the Hub counts them
        self.counts: dict[str, Any] | None = (
            None  # value, or "all", to what the pages say there is of it; None: no pages
        )
        self.pages_quota: int | None = None  # the same for what the pages fetch
        self.window = 2.0
        self.headers: dict[str, str] = {}  # sent with every answer
        self.folder = ""  # where the Hub's paths begin, at a mirror that has others too
        self.answers: dict[str, list[Answer | None]] = defaultdict(list)
        self.asked: list[Asked] = []
        self.refused = 0
        self.url = ""
        self._window_began: dict[str, float] = {}
        self._used: dict[str, int] = {}

    def upstream(self, **fields: Any) -> Upstream:
        """All sources at this server, without keys and with short waits."""
        return Upstream.at(self.url, **({"retries": 2, "first_wait": 0.01} | fields))

    def environment(self) -> dict[str, str]:
        """What leads a process of its own here, without keys."""
        return {
            "HF_ENDPOINT": self.url,
            "HUBSCOPE_CATALOGUE_URL": f"{self.url}/api.json",
            "HUBSCOPE_PYPISTATS_URL": self.url,
        }

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked) -> Answer:
        """Scripted if something is scripted for the path, else a page of the listing or the document."""
        scripted = self.answers[asked.path].pop(0) if self.answers[asked.path] else None
        if scripted:
            return scripted
        is_page = asked.path in COUNTED
        budget = self._budget("pages" if is_page else "api", self.pages_quota if is_page else self.quota)
        if budget.get("refused"):
            self.refused += 1
            return Answer(status=429, headers={"RateLimit": budget["RateLimit"]})
        if asked.path in self.documents:
            return Answer(body=json.dumps(self.documents[asked.path]).encode())
        headers = {key: value for key, value in budget.items() if key != "refused"}
        if is_page and self.counts is not None:
            return Answer(body=json.dumps(self._page_of(asked, self.counts)).encode(), headers=headers)
        if asked.path not in self.listings:
            return Answer(status=404, body=b'{"error":"not found"}')
        records, start = self.listings[asked.path], int(asked.query.get("cursor", ["0"])[0])
        end = start + min(self.page_size, int(asked.query["limit"][0]))
        if end < len(records):
            query = {**asked.query, "cursor": [str(end)]}
            headers["Link"] = f'<{{host}}{asked.path}?{urlencode(query, doseq=True)}>; rel="next"'
        return Answer(body=json.dumps(records[start:end]).encode(), headers=headers)

    def _page_of(self, asked: Asked, counts: dict[str, Any]) -> dict[str, Any]:
        """As the Hub's listing pages are answered; a value that `counts` passes over has 7, without "all" there is no total."""
        kind = COUNTED[asked.path]
        values = [value[0] for name, value in asked.query.items() if name not in ("sort", "withCount", "p")]
        value = values[0].removeprefix("license:") if values else "all"
        page = {kind: self.listings[f"/api/{kind}"][:30], "numItemsPerPage": 30, "pageIndex": 0}
        count = counts.get(f"{kind}/{value}", counts.get(value, 7 if values else None))
        return page if count is None or "withCount" not in asked.query else page | {"numTotalItems": count}

    def _budget(self, name: str, quota: int | None) -> dict[str, str]:
        if quota is None:
            return {}
        if time.monotonic() - self._window_began.get(name, 0.0) > self.window:
            self._window_began[name], self._used[name] = time.monotonic(), 0
        self._used[name] += 1
        used, reset = self._used[name], int(self._window_began[name] + self.window - time.monotonic()) + 1
        stated = {
            "RateLimit": f'"{name}";r={max(0, quota - used)};t={reset}',
            "RateLimit-Policy": f'"fixed window";"{name}";q={quota};w={int(self.window)}',
        }
        return stated | ({"refused": "yes"} if used > quota else {})


def _handler(hub: HubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(
                parts.path.removeprefix(hub.folder),
                parse_qs(parts.query),
                {key.lower(): value for key, value in self.headers.items()},
            )
            hub.asked.append(asked)
            answer = hub.answer(asked)
            time.sleep(answer.delay)
            self.send_response_only(answer.status)
            stated = {"Date": self.date_time_string()} | hub.headers | answer.headers
            for key, value in stated.items():
                self.send_header(key, value.replace("{host}", hub.url))
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if answer.drip:
                for place in range(len(answer.body)):
                    time.sleep(answer.drip)
                    self.wfile.write(answer.body[place : place + 1])
                return
            self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
            if answer.cut:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving() -> Iterator[HubServer]:
    """A running server with three repositories of each kind."""
    hub = HubServer()
    with on_localhost(_handler(hub)) as port:
        hub.url = f"http://127.0.0.1:{port}"
        yield hub
