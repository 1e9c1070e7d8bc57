"""A year of nightly snapshots: what the last night's build costs against the second night's, what a night takes on disk, and the pages.

    python -m tests.benchmarks.bench_history [models] [snapshots]

The lakes are written directly, at the Hub's rate of change: each night a tenth of the counters move, and in the nights that are timed
a thousandth of the repositories is new. Datasets and Spaces are a third of the models each. In the young lake all are there from the
first night. In the old one a hundredth is, and all three nights before the end: what a year leaves behind, rows of marts and manifests,
hardly depends on how many repositories there were, and building 365 nights of millions would take hours. Printed: seconds of both
builds and their ratio, megabytes of a night, peak memory, then the server's seconds for the overview in a new server and for each page
on the old lake.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.lake_maker import STANDING, make_lake
from tests.benchmarks.measure import cold_overview_seconds, page_seconds, peak_megabytes, seconds
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home

GROWN = """
case
    when n >= $repositories - $repositories // 1000 then $snapshots - 1
    when n >= $repositories // 100 then $snapshots - 3
    else 0
end
"""


def last_build_seconds(home: Home, models: int, snapshots: int, born: str) -> float:
    """Make a lake night by night, build all but the last at once, and time the build that adds the last."""
    repositories = {"hub_models": models, "hub_datasets": models // 3, "hub_spaces": models // 3}
    for number in make_lake(
        home, repositories=repositories, snapshots=snapshots, every=timedelta(days=1), tenths=1, born=born
    ):
        if number == snapshots - 1:
            build(home)
    return seconds(lambda: build(home))


def main() -> None:
    """Make the lakes, measure, print."""
    stated = [int(value) for value in sys.argv[1:3]]
    models, snapshots = [*stated, *(3_000_000, 365)[len(stated) :]]
    with tempfile.TemporaryDirectory() as folder:
        young, old = Home(Path(folder) / "young"), Home(Path(folder) / "old")
        second = last_build_seconds(young, models, 2, STANDING)
        last = last_build_seconds(old, models, snapshots, GROWN)
        night = sum(file.bytes for file in Lake(old).manifests()[-1].listings[0].files)
        print(f"{models:,} models; a night of them takes {night / 1e6:.2f} MB")
        print(f"build after snapshot 2    {second:6.2f} s")
        print(f"build after snapshot {snapshots:<5}{last:6.2f} s  ({last / second:.2f} times)")
        print(f"peak memory               {peak_megabytes():6,.0f} MB")
        print(f"overview, cold            {cold_overview_seconds(old):6.2f} s")
        for page, taken in page_seconds(old).items():
            print(f"page {page:<21}{taken:6.2f} s")


if __name__ == "__main__":
    main()
