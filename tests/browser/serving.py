"""`hubscope serve` in a process of its own, as a reader starts it; and folders as any file server gives them."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

from warehouse.settings import Home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(home: Home, *options: str, says: Path | None = None) -> Iterator[str]:
    """Run `hubscope serve` on `home`; yields its address. `says` is where its words go."""
    port = free_port()
    with (says or Path(os.devnull)).open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "hubscope", "serve", "--port", str(port), *options],
            env={**os.environ, "HUBSCOPE_HOME": str(home.path)},
            stdout=words,
            stderr=subprocess.STDOUT,
        )
    base = options[options.index("--base-path") + 1] if "--base-path" in options else ""
    address = f"http://127.0.0.1:{port}{base}"
    try:
        for _ in range(150):
            try:
                with urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def files_served(folder: Path) -> Iterator[str]:
    """The folder from a plain file server; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
