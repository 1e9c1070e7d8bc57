"""The simulated servers in a process of their own, so that server and collector each have a processor core."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from collector.demo.ecosystem import DEFAULT_SEED
from warehouse.errors import SourceError

ROOT = Path(__file__).parent.parent.parent
STOPS_WITHIN = 5.0  # seconds


@contextmanager
def serve_apart(*, models: int, until: date, seed: int = DEFAULT_SEED) -> Iterator[str]:
    """Gives the address of `python -m collector.demo`, which ends with this block or with this process."""
    command = [sys.executable, "-m", "collector.demo", "--with-parent"]
    command += ["--models", str(models), "--until", until.isoformat(), "--seed", str(seed)]
    # The child must find the same packages, wherever it is started from.
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise SourceError(
                    "The simulated Hub did not start; its own message stands above. Nothing was collected."
                )
            yield address
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
