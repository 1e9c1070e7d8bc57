"""From the lake to a finished build, and each page of the dashboard on it.

    python -m tests.benchmarks.bench_build [repositories] [snapshots]

Printed: seconds to build everything from nothing, and DuckDB's own `read_parquet` into tables as the peer; then the server's seconds
for each page, warm.
"""

import sys
import tempfile
from collections import deque
from datetime import timedelta
from pathlib import Path

import duckdb

from tests.benchmarks.lake_maker import make_lake
from tests.benchmarks.measure import page_seconds, seconds
from warehouse.marts.build import build
from warehouse.settings import Home


def bare_copy(home: Home) -> None:
    """The peer: the same Parquet files into two DuckDB tables, nothing else."""
    with duckdb.connect(str(home.path / "peer.duckdb")) as con:
        for table in ("attributes", "metrics"):
            con.execute(f"create table {table} as from read_parquet('{home.lake}/hub_models/*/*/{table}.parquet')")


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
