"""A year of nightly snapshots: what the last night's build costs against the second night's, what a night takes on disk, and the pages.

    python -m tests.benchmarks.bench_history [models] [snapshots]

The lake is written directly, at the Hub's rate of change: each night a tenth of the counters move and a thousandth of the repositories
are new. Datasets and Spaces are a third of the models each. Printed: seconds of both builds and their ratio, megabytes of a night,
peak memory, then the server's seconds for each page on the whole history.
"""

import resource
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.bench_build import page_seconds, seconds
from tests.benchmarks.lake_maker import STANDING, make_lake
from warehouse.build import build
from warehouse.settings import Home


def builds(home: Home, models: int, snapshots: int) -> dict[int, float]:
    """Seconds of the build that adds the second snapshot, and of the one that adds the last."""
    repositories = {"hub_models": models, "hub_datasets": models // 3, "hub_spaces": models // 3}
    lake = make_lake(
        home, repositories=repositories, snapshots=snapshots, every=timedelta(days=1), tenths=1, born=STANDING
    )
    taken = {}
    for number in lake:
        if number in (1, snapshots - 1):
            build(home)
        elif number in (2, snapshots):
            taken[number] = seconds(lambda: build(home))
    return taken


def main() -> None:
    """Make the lake, measure, print."""
    stated = [int(value) for value in sys.argv[1:3]]
    models, snapshots = [*stated, *(300_000, 365)[len(stated) :]]
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        taken = builds(home, models, snapshots)
        night = sum(path.stat().st_size for path in (home.lake / "hub_models").rglob("run=20241102*/*.parquet"))
        print(f"{models:,} models, {snapshots} nightly snapshots; a night of models takes {night / 1e6:.2f} MB")
        for number, spent in taken.items():
            print(f"build after snapshot {number:<5}{spent:6.2f} s  ({spent / taken[2]:.2f} times)")
        print(f"peak memory               {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6,.0f} MB")
        for page, taken in page_seconds(home).items():
            print(f"page {page:<21}{taken:6.2f} s")


if __name__ == "__main__":
    main()
