"""`hubscope serve` in a process of its own, as a reader starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

from warehouse.settings import Home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(home: Home) -> Iterator[str]:
    """Run `hubscope serve` on `home`; yields its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hubscope", "serve", "--port", str(port)],
        env={**os.environ, "HUBSCOPE_HOME": str(home.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
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
