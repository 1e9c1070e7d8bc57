"""`hubscope serve` in a process of its own, as a reader starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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
