"""How long it takes to follow a public copy: all of it, nothing new, up to the dashboard, and one as large as that of the whole Hub.

    python -m tests.benchmarks.bench_pull [HOME]

HOME is a data folder with a finished build; without it the usual demo is collected first (about a minute). The goals, on 2
cores, from a file server on this machine: a pull of the demo 2 s, nothing new 0.5 s, `up --from` until the first page answers 5 s;
300 MB of memory, whatever the size.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import duckdb

from tests.benchmarks.measure import home_or_demo
from warehouse.publication.folder import publish_to_folder
from warehouse.settings import Home

TIMES = 170
"""That the demo's repositories are repeated for the large copy, each time with names of their own: ten million rows, some 400 MB."""
PULL = """
import json, sys
from hubscope import main
from tests.benchmarks.measure import peak_megabytes
assert not main(["pull", sys.argv[1], "--quiet"], standalone_mode=False)
print(json.dumps(peak_megabytes()))
"""


def main(home: Home) -> None:
    with tempfile.TemporaryDirectory() as folder:
        public = Path(folder) / "public"
        publish_to_folder(home, public)
        with serving(public) as address:
            show("pull of the demo", *pulled(Path(folder) / "follower", address), size(public), goal=2)
            show("nothing new", *pulled(Path(folder) / "follower", address), 0, goal=0.5)
            show("up --from, first page", started(Path(folder) / "dashboard", address), 0, size(public), goal=5)
            enlarge(public)
            show("pull of a large copy", *pulled(Path(folder) / "large", address), size(public))


def show(name: str, seconds: float, megabytes: float, of_bytes: int, *, goal: float | None = None) -> None:
    told = f"   goal {goal} s" if goal else ""
    print(f"{name:<24}{seconds:8.2f} s{of_bytes / 1e6:9.1f} MB{megabytes:9.0f} MB of memory{told}", flush=True)


def size(public: Path) -> int:
    return sum(path.stat().st_size for path in public.rglob("*.parquet"))


def pulled(home: Path, address: str) -> tuple[float, float]:
    """Seconds and peak memory of a pull as a command of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PULL, address], env=environment(home), check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, json.loads(done.stdout.splitlines()[-1])


def started(home: Path, address: str) -> float:
    """Seconds from `hubscope up --from` to the answer of the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    began = time.perf_counter()
    command = [sys.executable, "-m", "hubscope", "up", "--from", address, "--port", port]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            while not answers(f"http://127.0.0.1:{port}/"):
                time.sleep(0.05)
            return time.perf_counter() - began
        finally:
            run.terminate()


def answers(address: str) -> bool:
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def enlarge(public: Path) -> None:
    """Give the copy as many repositories as the whole Hub has, with random names, which compress as badly as real ones."""
    latest = json.loads((public / "latest.json").read_text())
    path = public / latest["manifest"]
    manifest = json.loads(path.read_text())
    table = path.parent / "listed_repositories.parquet"
    large = table.with_suffix(".large")
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(public / "spill")}) as connection:
        (rows,) = connection.execute(
            f"copy (select * exclude (n) replace (substr(md5(repository_key || times.n), 1, 24) as repository_key, "
            f"author || '/' || md5(id || times.n) as id) from '{table}', range({TIMES}) as times(n)) "
            f"to '{large}' (format parquet, compression zstd)"
        ).fetchall()[0]
    large.replace(table)
    with table.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    for file in manifest["files"]:
        if file["name"] == table.name:
            file |= {"rows": rows, "bytes": table.stat().st_size, "sha256": digest}
    path.write_text(json.dumps(manifest))
    latest["manifest_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (public / "latest.json").write_text(json.dumps(latest))


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HUBSCOPE_HOME": str(home)}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder as Python's own file server gives it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while not answers(f"http://127.0.0.1:{port}/latest.json"):
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


if __name__ == "__main__":
    with home_or_demo() as home:
        main(home)
