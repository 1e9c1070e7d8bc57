"""A snapshot of everything through HTTP: as many models, datasets and Spaces as the real Hub lists, collected, built and opened.

    python -m tests.benchmarks.bench_whole_hub [models]

The simulated Hub answers from a process of its own and needs about a third of the time itself. It has a third as many datasets as
models, and nearly half as many Spaces. Printed: records, seconds, records a second and the collector's peak memory, megabytes of the
lake; then seconds and peak memory of the build, and the server's seconds for the overview in a new server and for each page.
"""

import json
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from tests.benchmarks.measure import apart, cold_overview_seconds, page_seconds, peak_megabytes
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home

UNTIL = date(2026, 11, 1)


def collect(home: Home, models: int) -> None:
    """A whole snapshot of the simulated Hub and of the listings beside it."""
    from collector.demo.history import serve_apart, simulated_upstream
    from collector.progress import Report
    from collector.run import take_snapshot

    with serve_apart(models=models, until=UNTIL) as address:
        taken_at = datetime(UNTIL.year, UNTIL.month, UNTIL.day)
        take_snapshot(home, "full", taken_at=taken_at, upstream=simulated_upstream(address), report=Report())


def _run(step: str, folder: str, models: str) -> None:
    home, began = Home(Path(folder)), time.perf_counter()
    if step == "collect":
        collect(home, int(models))
    else:
        build(home)
    print(json.dumps({"seconds": time.perf_counter() - began, "megabytes": peak_megabytes()}))


def main() -> None:
    """Collect, build, open, print."""
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        collected, built = (
            apart("bench_whole_hub", "--step", step, folder, str(models)) for step in ("collect", "build")
        )
        spent = collected["seconds"]
        manifest = Lake(home).manifests()[-1]
        records = sum(entry.record_count for entry in manifest.listings)
        size = sum(file.bytes for entry in manifest.listings for file in entry.files)
        print(
            f"{records:,} records in {spent:,.1f} s, {records / spent:,.0f} a second, {collected['megabytes']:,.0f} MB of memory"
        )
        print(f"{size / 1e6:,.0f} MB of the lake")
        print(f"build          {built['seconds']:8.2f} s, {built['megabytes']:,.0f} MB of memory")
        print(f"overview, cold {cold_overview_seconds(home):8.2f} s")
        for page, taken in page_seconds(home).items():
            print(f"page {page:<10}{taken:8.2f} s")


if __name__ == "__main__":
    if "--step" in sys.argv:
        _run(*sys.argv[2:])
    else:
        main()
