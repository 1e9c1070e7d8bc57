"""From the lake to a published build, and each page of the dashboard on it.

    python -m tests.benchmarks.bench_build [repositories] [snapshots]

Printed: seconds to build everything from nothing, to add one more snapshot, and DuckDB's own `read_parquet` into tables
as the peer; then the server's seconds for each page, warm.
"""

import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb

from tests.benchmarks.lake_maker import make_lake
from warehouse.build import build
from warehouse.settings import Home


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare_copy(home: Home) -> None:
    """The peer: the same Parquet files into two DuckDB tables, nothing else."""
    with duckdb.connect(str(home.path / "peer.duckdb")) as con:
        for table in ("attributes", "metrics"):
            con.execute(f"create table {table} as from read_parquet('{home.lake}/hub_models/*/*/{table}.parquet')")


def page_seconds(home: Home) -> dict[str, float]:
    """Seconds of server time of each page and each of its tabs, the second time it is opened; the slowest tab counts."""
    from streamlit.testing.v1 import AppTest

    from dashboard.navigation import PAGES

    os.environ["HUBSCOPE_HOME"] = str(home.path)
    taken: dict[str, float] = {}
    for page, (render, _) in PAGES.items():
        for tab in getattr(sys.modules[render.__module__], "TABS", [""]):
            test = AppTest.from_function(_render, args=(page,), default_timeout=60)
            test.query_params["tab"] = tab
            test.run()
            taken[page] = max(taken.get(page, 0), seconds(test.run))
            assert not test.exception, test.exception
    return taken


def _render(page: str) -> None:
    from dashboard.navigation import PAGES

    PAGES[page][0]()


def main() -> None:
    """Make the lake, measure, print."""
    stated = [int(value) for value in sys.argv[1:3]]
    repositories, snapshots = [*stated, *(100_000, 24)[len(stated) :]]
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        lake = make_lake(home, repositories={"hub_models": repositories}, snapshots=snapshots, every=timedelta(days=30))
        deque(lake, maxlen=0)
        peer = seconds(lambda: bare_copy(home))
        whole = seconds(lambda: build(home))
        print(f"{repositories:,} repositories, {snapshots} snapshots")
        print(f"bare read_parquet into tables  {peer:6.2f} s")
        print(f"build from nothing             {whole:6.2f} s  ({whole / peer:.1f} times the peer)")
        for page, taken in page_seconds(home).items():
            print(f"page {page:<26}{taken:6.2f} s")


if __name__ == "__main__":
    main()
