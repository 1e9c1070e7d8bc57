"""A small server that takes commits to data sets as the Hub does: repositories, trees, upload modes, large files by LFS, one commit.

What `HfApi.create_repo`, `repo_info`, `list_repo_tree` and `create_commit` of huggingface_hub 2.4 ask for, without Xet.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from collector.upstream import Upstream
from tests.collector.on_localhost import on_localhost

TOKEN = "hf_writer"


@dataclass
class Repository:
    """The main branch: its commits' names, newest last, and its files now."""

    commits: list[str] = field(default_factory=lambda: ["0" * 40])
    titles: list[str] = field(default_factory=lambda: ["initial commit"])
    files: dict[str, bytes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """Paths in the newest commit."""


class DatasetServer:
    """Data sets by name, the large files that were uploaded, and every request that arrived."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.uploaded: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.refused: dict[str, tuple[int, str]] = {}  # the end of a path → status and words of its answers
        self.url = ""

    def upstream(self, **fields: Any) -> Upstream:
        return Upstream(hub=self.url, **({"hub_token": TOKEN} | fields))

    def tree(self, repository: Repository, folder: str, *, is_recursive: bool) -> list[dict[str, Any]] | None:
        """One level of a folder, or all below it; None when it is not there."""
        inside = {path for path in repository.files if path.startswith(f"{folder}/")}
        items: dict[str, dict[str, Any]] = {}
        for path in sorted(inside):
            below = path.removeprefix(f"{folder}/")
            name, _, rest = (below, "", "") if is_recursive else below.partition("/")
            content, full = repository.files[path], f"{folder}/{name}"
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            items[name] = {"type": "directory" if rest else "file", "path": full, "oid": blob, "size": len(content)}
            if path in repository.large and not rest:
                sha256 = hashlib.sha256(content).hexdigest()
                items[name] |= {"lfs": {"oid": sha256, "size": len(content), "pointerSize": 134}, "oid": "1" * 40}
        return list(items.values()) if inside else None

    def commit(self, repository: Repository, lines: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        """All of it or nothing."""
        header, *operations = lines
        if header["value"].get("parentCommit") not in (None, repository.commits[-1]):
            return 412, {"error": "A commit has happened since. Please refresh and try again."}
        for operation in operations:
            path = operation["value"]["path"]
            if operation["key"] == "lfsFile":
                repository.files[path] = self.uploaded[operation["value"]["oid"]]
                repository.large.add(path)
            else:
                repository.files[path] = base64.b64decode(operation["value"]["content"])
        repository.changed = {operation["value"]["path"] for operation in operations}
        name = hashlib.sha1(json.dumps(header).encode() + repository.commits[-1].encode()).hexdigest()
        repository.commits.append(name)
        repository.titles.append(header["value"]["summary"])
        return 200, {"commitUrl": f"{self.url}/datasets/x/y/commit/{name}", "commitOid": name}

    def answer(
        self, method: str, path: str, body: bytes, token: str | None, query: str = ""
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, JSON and headers."""
        for end, (status, words) in self.refused.items():
            if path.endswith(end):
                return status, {"error": words}, {}
        if token != f"Bearer {TOKEN}" and method == "POST" and "/objects/" not in path:
            return 401, {"error": f"Invalid credentials {token}"}, {}
        if path == "/api/repos/create":
            asked = json.loads(body)
            name = f"{asked['organization']}/{asked['name']}"
            is_there = name in self.repositories
            self.repositories.setdefault(name, Repository())
            return 409 if is_there else 200, {"url": f"{self.url}/datasets/{name}"}, {}
        if path == "/api/validate-yaml":
            yaml.safe_load(json.loads(body)["content"].split("---\n")[1])
            return 200, {"errors": [], "warnings": []}, {}
        if path.startswith("/upload/"):
            assert hashlib.sha256(body).hexdigest() == path.removeprefix("/upload/")
            self.uploaded[path.removeprefix("/upload/")] = body
            return 200, {}, {"ETag": '"x"'}
        if found := re.fullmatch(r"/datasets/(.+)\.git/info/lfs/objects/batch", path):
            objects = [
                {
                    "oid": item["oid"],
                    "size": item["size"],
                    "actions": {"upload": {"href": f"{self.url}/upload/{item['oid']}"}},
                }
                for item in json.loads(body)["objects"]
            ]
            return 200, {"objects": objects, "transfer": "basic"}, {}
        found = re.fullmatch(r"/api/datasets/([^/]+/[^/]+)(?:/(tree|preupload|commit)/([^/]+))?(?:/(.+))?", path)
        repository = self.repositories.get(found[1]) if found else None
        if found is None or repository is None:
            return 404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"}
        if found[2] == "tree":
            items = self.tree(repository, unquote(found[4]), is_recursive="recursive=true" in query.lower())
            code = {"X-Error-Code": "EntryNotFound"} if items is None else {}
            return (404 if items is None else 200), items or {"error": "not there"}, code
        if found[2] == "preupload":
            files = [
                {
                    "path": file["path"],
                    "uploadMode": "lfs" if file["path"].endswith(".parquet") and file["size"] > 2_000 else "regular",
                    "shouldIgnore": False,
                }
                for file in json.loads(body)["files"]
            ]
            return 200, {"files": files}, {}
        if found[2] == "commit":
            return *self.commit(repository, [json.loads(line) for line in body.splitlines()]), {}
        return 200, {"id": found[1], "sha": repository.commits[-1], "siblings": [], "tags": []}, {}


def _handler(hub: DatasetServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            hub.asked.append(f"{self.command} {path}")
            asked = urlsplit(self.path)
            status, answer, headers = hub.answer(
                self.command, path, body, self.headers.get("Authorization"), asked.query
            )
            content = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in (
                {"Content-Length": str(len(content)), "Content-Type": "application/json"} | headers
            ).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PUT = do_GET

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving_datasets() -> Iterator[DatasetServer]:
    """A running server without a repository."""
    hub = DatasetServer()
    with on_localhost(_handler(hub)) as port:
        hub.url = f"http://127.0.0.1:{port}"
        yield hub
