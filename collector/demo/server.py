"""The simulated Hub, OpenAI API, models.dev and pypistats over HTTP on this machine, as of the moment that the address names.

`/at/2025-10-23/api/models`, `/at/2025-10-23/v1/models`, `/at/2025-10-23/api.json`; without `/at/...` it is noon of the
world's last day. `/world/<name>` may stand before it, and is refused by any other world. They misbehave on demand.
"""

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from collector.demo.answers import side_sources
from collector.demo.answers.counts import ROUTES
from collector.demo.answers.hub import BadRequest, Hub
from collector.demo.world.ecosystem import Ecosystem, moment
from collector.upstream import SIMULATED_HEADER


@dataclass(frozen=True)
class Fault:
    """What goes wrong, for which requests.

    rate_limit: 429, the window is used up for `seconds`. error: an answer of `status`. slow: the right answer, after
    `seconds`. cut: the connection ends halfway through the body. expired_cursor: 400, as for a cursor that is too old.
    html: a page for people, with status 200.
    """

    kind: Literal["rate_limit", "error", "slow", "cut", "expired_cursor", "html"]
    path: str = ""
    """Regular expression searched for in path and query; "" fits every request."""
    first: int = 1
    """The first of the requests that fit to go wrong, counted from 1."""
    times: int = 1
    """How many of them go wrong in a row."""
    status: int = 503
    seconds: float = 1.0


class Faults:
    """Counts requests and says which one goes wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)
        self._lock = threading.Lock()

    def meet(self, path: str) -> Fault | None:
        """The fault of this request, the first listed one if several fit."""
        with self._lock:
            due = []
            for number, fault in enumerate(self._faults):
                if re.search(fault.path, path):
                    self._seen[number] += 1
                    if fault.first <= self._seen[number] < fault.first + fault.times:
                        due.append(fault)
        return due[0] if due else None


WINDOW = 300  # seconds of a rate-limit window (hub-docs, rate-limits.md)
HTML = b"<!DOCTYPE html><html><body><h1>Simulated maintenance page</h1></body></html>"


@contextmanager
def serve(
    ecosystem: Ecosystem, port: int = 0, *, faults: Iterable[Fault] = (), budget: int = 1_000_000
) -> Iterator[str]:
    """Serve from threads of this process; gives the address to put before the paths.

    port: 0 takes a free one. budget: requests in 300 seconds, of the API and of pages, before the answer is 429. Without
    `/at/...` the moment is noon of the world's last day.
    """
    server = _Server(("127.0.0.1", port), _Handler)
    server.site = _Site(ecosystem, Faults(faults), budget)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Budget:
    """Requests left in the current window, of the API or of what the pages fetch."""

    def __init__(self, name: str, limit: int) -> None:
        self._name, self._limit = name, limit
        self._lock = threading.Lock()
        self._left, self._ends_at = limit, time.monotonic() + WINDOW

    def spend(self) -> bool:
        """Whether there was one left."""
        with self._lock:
            if time.monotonic() >= self._ends_at:
                self._left, self._ends_at = self._limit, time.monotonic() + WINDOW
            self._left -= 1
            return self._left >= 0

    def close(self, seconds: float) -> None:
        """Nothing is left for so long."""
        with self._lock:
            self._left, self._ends_at = 0, time.monotonic() + seconds

    def headers(self) -> dict[str, str]:
        with self._lock:
            left, seconds = max(self._left, 0), max(round(self._ends_at - time.monotonic()), 0)
        return {
            "RateLimit": f'"{self._name}";r={left};t={seconds}',
            "RateLimit-Policy": f'"fixed window";"{self._name}";q={self._limit};w={WINDOW}',
        }


class _Site:
    """What all connections share."""

    def __init__(self, ecosystem: Ecosystem, faults: Faults, budget: int) -> None:
        self.hub = Hub(ecosystem)
        self.world = ecosystem.name
        self.now = moment(ecosystem.until.isoformat())
        self.faults = faults
        self._budgets = {name: _Budget(name, budget) for name in ("api", "pages")}

    def budget(self, path: str) -> _Budget:
        """The one that a request counts against."""
        return self._budgets["pages" if urlsplit(path).path.endswith(tuple(ROUTES)) else "api"]


class _Server(ThreadingTCPServer):
    """Not http.server's own, which asks the name service who 127.0.0.1 is: seconds, on some machines."""

    daemon_threads = True
    site: _Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours and told on stderr."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site = self.server.site
        fault = site.faults.meet(self.path)
        if fault is not None and fault.kind == "rate_limit":
            site.budget(self.path).close(fault.seconds)
        if not site.budget(self.path).spend():
            self._error(429, "We had to rate limit you. Simulated.")
        elif fault is None:
            self._answer()
        elif fault.kind == "error":
            self._error(fault.status, "Simulated fault")
        elif fault.kind == "expired_cursor":
            self._error(400, "Invalid cursor")
        elif fault.kind == "html":
            self._send(200, HTML, content_type="text/html; charset=utf-8")
        elif fault.kind == "cut":
            self._answer(is_cut=True)
        else:
            time.sleep(fault.seconds)
            self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what is asked is known to who asks."""

    def _answer(self, *, is_cut: bool = False) -> None:
        parts = urlsplit(self.path)
        site, path = self.server.site, parts.path
        world, path = _segment("world", path)
        if world not in (None, site.world):
            self._error(404, f"This is the world {site.world}")
            return
        stated, path = _segment("at", path)
        try:
            at = site.now if stated is None else moment(stated)
        except ValueError:
            self._error(400, f"{stated} is no date: write 2025-10-23 or 2025-10-23T12:00:00")
            return
        prefix = parts.path.removesuffix(path)
        if path == "/v1/models":
            self._closed(at, is_cut)
        elif path == "/api.json":
            self._send(200, side_sources.catalogue_document(at), is_cut=is_cut)
        elif path.startswith("/api/packages/"):
            self._package(path, at, is_cut)
        elif path == "/api/spaces-tags-by-type":
            self._error(401, "Invalid username or password.")
        else:
            self._hub(prefix, path, parts.query, at, is_cut)

    def _hub(self, prefix: str, path: str, query: str, at: int, is_cut: bool) -> None:
        try:
            answer = self.server.site.hub.answer(path, parse_qsl(query), at)
        except BadRequest as refusal:
            self._error(400, str(refusal))
            return
        if answer is None:
            self._error(404, "Not Found")
            return
        links = {}
        if answer.next_query:
            host = self.headers.get("Host") or f"127.0.0.1:{self.server.server_address[1]}"
            links["Link"] = f'<http://{host}{prefix}{path}?{answer.next_query}>; rel="next"'
        self._send(200, answer.body, headers=links, is_cut=is_cut)

    def _package(self, path: str, at: int, is_cut: bool) -> None:
        document = side_sources.overall_document(path.split("/")[3], at)
        if document is None:
            self._error(404, "Not Found")
        else:
            self._send(200, document, is_cut=is_cut)

    def _closed(self, at: int, is_cut: bool) -> None:
        scheme, _, key = (self.headers.get("Authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            message = "You didn't provide an API key."
            self._send(401, json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode())
            return
        self._send(200, side_sources.models_document(at), is_cut=is_cut)

    def _error(self, status: int, message: str) -> None:
        self._send(status, json.dumps({"error": message}).encode())

    def _send(
        self,
        status: int,
        body: bytes,
        *,
        content_type: str = "application/json; charset=utf-8",
        headers: dict[str, str] | None = None,
        is_cut: bool = False,
    ) -> None:
        self.send_response(status)
        stated = {"Content-Type": content_type, "Content-Length": str(len(body)), SIMULATED_HEADER: "1"}
        for name, value in {**stated, **self.server.site.budget(self.path).headers(), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if not is_cut:
            self.wfile.write(body)
            return
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def _segment(name: str, path: str) -> tuple[str | None, str]:
    """`/at/x/y` as ("x", "/y"); (None, path) where the path begins otherwise."""
    if not path.startswith(f"/{name}/"):
        return None, path
    value, _, rest = path.removeprefix(f"/{name}/").partition("/")
    return value, f"/{rest}"
