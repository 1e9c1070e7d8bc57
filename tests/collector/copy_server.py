"""A file server that gives a folder, as any static host does, and as the Hub gives a data set: large files from another host."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote

from collector.upstream import Upstream
from tests.collector.on_localhost import on_localhost

ON_THE_HUB = re.compile(r"/datasets/me/hub-history/resolve/main/(.+)")


class CopyServer:
    """What it gives, what it does wrong, and every request that arrived."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.instead: dict[str, bytes] = {}  # the end of a path → what is given in its place
        self.moves_on: Path | None = None  # what is given from the moment on at which the first manifest was asked for
        self.cut_after: list[int | None] = []  # bytes after which the next answers hang up
        self.knows_ranges = True
        self.asked: list[tuple[str, str | None]] = []  # path, Range
        self.tokens: list[tuple[str, str | None]] = []
        self.url = ""
        self.elsewhere = ""

    def upstream(self, **fields: str) -> Upstream:
        return Upstream(**({"hub": self.url, "retries": 1, "first_wait": 0.01} | fields))  # type: ignore[arg-type]

    def content(self, path: str) -> bytes | None:
        if self.moves_on and path.endswith("manifest.json"):
            self.folder, self.moves_on = self.moves_on, None
        for end, content in self.instead.items():
            if path.endswith(end):
                return content
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None


@contextmanager
def serving_copy(folder: Path) -> Iterator[CopyServer]:
    server = CopyServer(folder)
    with on_localhost(_handler(server)) as port:
        server.url, server.elsewhere = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        yield server


def _handler(server: CopyServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append((self.path, self.headers.get("Range")))
            server.tokens.append((self.headers["Host"], self.headers.get("Authorization")))
            found = ON_THE_HUB.fullmatch(unquote(self.path))
            path = found[1] if found else unquote(self.path.partition("?")[0]).removeprefix("/").removeprefix("cdn/")
            content = server.content(path)
            if content is None:
                self._send(404, b"gone")
            elif found and path.endswith(".parquet"):
                self._send(302, b"", {"Location": f"{server.elsewhere}/cdn/{path}?signed=1"})
            else:
                self._give(content)

        def _give(self, content: bytes) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            if asked and server.knows_ranges:
                self._send(206, content[int(asked[1]) :])
            else:
                self._send(200, content)

        def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            cut = server.cut_after.pop(0) if server.cut_after and status < 300 else None
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[:cut])
            if cut is not None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, form: str, *values: object) -> None:
            """Not on the terminal."""

    return Handler
