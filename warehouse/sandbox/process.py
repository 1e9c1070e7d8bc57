"""Start the process that answers a reader's query, hold it to its limits, and read its rows."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow

from warehouse.errors import QueryError
from warehouse.sandbox.child import REFUSED

CHILD = Path(__file__).with_name("child.py")
MEMORY_BYTES = 2**30
"""Hard, for one process with everything in it."""
INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""All that the process may know of our environment: no key is among it."""


@dataclass(frozen=True)
class Request:
    """One query and all that it may see."""

    text: str
    home: str
    """Folder in which the process stands. All paths below start there, so that an answer does not tell where it is."""
    build: str
    """Path of the published DuckDB file."""
    views: tuple[tuple[str, str], ...]
    """Views on the lake that the query names, with their SQL, each after those that it reads."""
    files: tuple[tuple[str, tuple[str, ...]], ...]
    """A variable that such a view reads, with a pattern for each of the lake's Parquet files."""
    paths: tuple[str, ...]
    """Of these files, the only ones that may be opened."""
    most_rows: int
    most_bytes: int
    """Of the answer, in memory."""
    seconds: float
    memory_bytes: int = MEMORY_BYTES
    is_background: bool = False
    """Whether pages beside it come first."""


Started = Callable[[subprocess.Popen[bytes]], None]


def answer(request: Request, started: Started = lambda process: None) -> pyarrow.Table:
    """The rows. QueryError, in words, when the query is refused, fails, or needs more than it may have.

    started: called with the process, for whoever may have to kill it.
    """
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=request.home,
        env=environment | {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )
    try:
        started(process)
        rows, words = process.communicate(json.dumps(asdict(request)).encode(), timeout=request.seconds)
    except BaseException as error:
        process.kill()
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise QueryError(
                f"The query took longer than {request.seconds:g} s and was stopped. Ask for less."
            ) from None
        raise
    if process.returncode == REFUSED:
        raise QueryError(words.decode("utf-8", "replace"))
    if process.returncode != 0:
        raise QueryError(
            "The process that answered the query ended, most likely because it needed more than "
            f"{request.memory_bytes / 2**30:g} GB of memory. Ask for less at a time."
        )
    return pyarrow.ipc.open_stream(rows).read_all()
