"""A small server that speaks the Hub's repository endpoints: commits and trees by pages, and large files by redirect.

A file that a request for `resolve` names is answered as the Hub does for large files: 302 with `X-Repo-Commit`,
`X-Linked-Etag` (its sha256) and `X-Linked-Size`, and the bytes come from elsewhere, whole or by `Range`.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from collector.upstream import Upstream
from tests.collector.on_localhost import on_localhost

API = re.compile(
    r"/api/datasets/(?P<repository>[^/]+/[^/]+)/(?P<what>commits|tree)/(?P<revision>[^/]+)(?:/(?P<folder>.+))?"
)
FILE = re.compile(r"/datasets/(?P<repository>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)")


@dataclass
class Revision:
    """A commit, and the whole tree as it stands after it."""

    revision: str
    date: datetime
    title: str
    files: dict[str, bytes]
    changed: dict[str, "Revision"] = field(default_factory=dict)


class RepositoryServer:
    """Repositories by name, and every request that arrived."""

    def __init__(self) -> None:
        self.repositories: dict[str, list[Revision]] = {}
        self.vanished: set[str] = set()  # revisions, or `revision/path`, that are no longer given
        self.cut_after: list[int | None] = []  # bytes after which the next downloads hang up
        self.page_size = 3
        self.asked: list[tuple[str, str, str | None]] = []  # method, path, Range
        self.tokens: list[tuple[str, str | None]] = []
        self.url = ""
        self.elsewhere = ""

    def commit(self, repository: str, date: datetime, **files: bytes | None) -> Revision:
        """Add a commit that writes these files (`a__b_parquet` is `a/b.parquet`), or removes those that are None."""
        history = self.repositories.setdefault(repository, [])
        before = history[-1] if history else None
        whole = dict(before.files) if before else {}
        changed = dict(before.changed) if before else {}
        number = len(history) + 1
        made = Revision(hashlib.sha1(f"{repository}{number}".encode()).hexdigest(), date, "Upload", whole, changed)
        for name, content in files.items():
            path = name.replace("__", "/").replace("_parquet", ".parquet")
            whole.pop(path, None)
            if content is not None:
                whole[path], changed[path] = content, made
                made.title = f"Upload {path} with huggingface_hub"
        history.append(made)
        return made

    def upstream(self, **fields: Any) -> Upstream:
        return Upstream(hub=self.url, **({"retries": 2, "first_wait": 0.01} | fields))

    def downloads(self) -> list[tuple[str, str | None]]:
        """Path and Range of each request for bytes."""
        return [(path, span) for method, path, span in self.asked if method == "GET" and path.startswith("/cdn/")]

    def find(self, repository: str, revision: str) -> Revision | None:
        history = self.repositories.get(repository, [])
        if revision == "main":
            return history[-1] if history else None
        return next((made for made in history if made.revision == revision and revision not in self.vanished), None)

    def blob(self, sha256: str) -> bytes | None:
        files = (
            content for history in self.repositories.values() for made in history for content in made.files.values()
        )
        return next((content for content in files if hashlib.sha256(content).hexdigest() == sha256), None)


def _commits(history: list[Revision]) -> list[dict[str, Any]]:
    return [
        {
            "id": made.revision,
            "title": made.title,
            "message": "",
            "authors": [],
            "date": f"{made.date.isoformat()}.000Z",
        }
        for made in reversed(history)
    ]


def _tree(made: Revision, folder: str | None, *, is_expanded: bool) -> list[dict[str, Any]]:
    items = []
    for path, content in made.files.items():
        if folder and not path.startswith(f"{folder}/"):
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        item: dict[str, Any] = {
            "type": "file",
            "path": path,
            "oid": hashlib.sha1(content).hexdigest(),
            "size": len(content),
            "lfs": {"oid": sha256, "size": len(content), "pointerSize": 135},
        }
        if is_expanded:
            last = made.changed[path]
            item["lastCommit"] = {"id": last.revision, "title": last.title, "date": f"{last.date.isoformat()}.000Z"}
        items.append(item)
    return items


def _handler(hub: RepositoryServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            hub.asked.append((self.command, parts.path, self.headers.get("Range")))
            hub.tokens.append((parts.path, self.headers.get("Authorization")))
            if found := API.fullmatch(parts.path):
                self._list(found, parse_qs(parts.query))
            elif found := FILE.fullmatch(parts.path):
                self._resolve(found)
            elif parts.path.startswith("/cdn/"):
                self._bytes(hub.blob(parts.path.removeprefix("/cdn/")))
            else:
                self._send(404, b"{}")

        def _list(self, asked: re.Match[str], query: dict[str, list[str]]) -> None:
            if asked["repository"] not in hub.repositories:
                self._send(401, b'{"error":"Repository not found"}', {"X-Error-Code": "RepoNotFound"})
                return
            made = hub.find(asked["repository"], unquote(asked["revision"]))
            if made is None:
                self._send(404, b'{"error":"Invalid rev id"}', {"X-Error-Code": "RevisionNotFound"})
                return
            folder = unquote(asked["folder"]) if asked["folder"] else None
            items = (
                _commits(hub.repositories[asked["repository"]])
                if asked["what"] == "commits"
                else _tree(made, folder, is_expanded="true" in query.get("expand", []))
            )
            if folder and not items:
                self._send(404, b'{"error":"not there"}', {"X-Error-Code": "EntryNotFound"})
                return
            start = int(query.get("cursor", ["0"])[0])
            end = start + hub.page_size
            rest = "&".join(f"{key}={value[0]}" for key, value in query.items() if key != "cursor")
            link = f'<{hub.url}{urlsplit(self.path).path}?{rest}&cursor={end}>; rel="next"'
            self._send(200, json.dumps(items[start:end]).encode(), {"Link": link} if end < len(items) else {})

        def _resolve(self, asked: re.Match[str]) -> None:
            made = hub.find(asked["repository"], unquote(asked["revision"]))
            path = unquote(asked["path"])
            content = made and made.files.get(path)
            if made is None or content is None or f"{made.revision}/{path}" in hub.vanished:
                code = "EntryNotFound" if made else "RevisionNotFound"
                self._send(404, b"", {"X-Error-Code": code})
                return
            sha256 = hashlib.sha256(content).hexdigest()
            headers = {
                "X-Repo-Commit": made.revision,
                "X-Linked-Etag": f'"{sha256}"',
                "X-Linked-Size": str(len(content)),
                "ETag": f'"{sha256}"',
                "Location": f"{hub.elsewhere or hub.url}/cdn/{sha256}",
            }
            self._send(302, b"", headers)

        def _bytes(self, content: bytes | None) -> None:
            if content is None:
                self._send(404, b"")
                return
            start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
            status = 206 if self.headers.get("Range") else 200
            headers = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if status == 206 else {}
            cut = hub.cut_after.pop(0) if self.command == "GET" and hub.cut_after else None
            self._send(status, content[start:], headers, cut=cut)

        def _send(
            self, status: int, body: bytes, headers: dict[str, str] | None = None, *, cut: int | None = None
        ) -> None:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "HEAD":
                return
            self.wfile.write(body if cut is None else body[:cut])
            if cut is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving_repositories() -> Iterator[RepositoryServer]:
    """A running server without a repository."""
    hub = RepositoryServer()
    with on_localhost(_handler(hub)) as port:
        hub.url = f"http://127.0.0.1:{port}"
        hub.elsewhere = f"http://localhost:{port}"
        yield hub
