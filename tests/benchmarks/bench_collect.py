"""From the server's pages to landed Parquet, against `HfApi().list_models(full=True)` into pandas into DuckDB.

    python -m tests.benchmarks.bench_collect [records]

Both read the same pages from the same server, each in a process of its own. Printed: records a second, records a CPU
second, peak memory, and the ratio; nothing is asserted, because a shared machine's times prove nothing.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.benchmarks.page_server import full_pages, serve_pages


def hubscope_path(endpoint: str, scratch: Path) -> int:
    """The collector's own way: raw pages, landed, parsed, compared, written to the lake. Returns records kept."""
    from collector.land import Lander
    from collector.progress import Report
    from collector.sources.hub import Hub, HubListing
    from collector.upstream import Upstream
    from warehouse.lake import Lake
    from warehouse.landing import Landing
    from warehouse.settings import Home

    home, now = Home(scratch), datetime(2026, 11, 1, 12)
    landing = Landing.open(home, profile="full", endpoint=endpoint, now=now)
    source = HubListing(Hub(Upstream(hub=endpoint), lambda *_: None), "models", "full", None)
    Lander(landing, Report(), 1.0).land(source, planned=1)
    return Lake(home).commit(landing, finished_at=now).listings[0].row_count


def peer_path(endpoint: str, scratch: Path) -> int:
    """What a script would do: objects, a DataFrame, a DuckDB table. Returns records kept."""
    import duckdb
    import pandas as pd
    from huggingface_hub import HfApi

    columns = (
        "id",
        "author",
        "created_at",
        "last_modified",
        "downloads",
        "likes",
        "pipeline_tag",
        "library_name",
        "tags",
    )
    models = HfApi(endpoint=endpoint, token=False).list_models(full=True)
    frame = pd.DataFrame([{name: getattr(model, name) for name in columns} for model in models])
    with duckdb.connect(str(scratch / "peer.duckdb")) as con:
        con.register("frame", frame)
        con.execute("create table models as select * from frame")
    return len(frame)


PATHS = {"hubscope": hubscope_path, "list_models": peer_path}


def measured(name: str, endpoint: str) -> dict[str, float]:
    """The run with the least CPU of three: what else the machine does only ever adds to it."""
    return min((_measured_once(name, endpoint) for _ in range(3)), key=lambda figures: figures["cpu"])


def _measured_once(name: str, endpoint: str) -> dict[str, float]:
    """Run one path in a fresh process; seconds are wall and CPU from its first request on, megabytes its peak."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_collect", "--path", name, endpoint]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def _run_path(name: str, endpoint: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wall, cpu = time.perf_counter(), time.process_time()
        records = PATHS[name](endpoint, Path(scratch))
        figures = {"records": records, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps(figures | {"megabytes": _peak_megabytes()}))


def _peak_megabytes() -> float:
    """Of this process alone: `ru_maxrss` would begin with what its parent held when it was started."""
    high_water = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(high_water.split()[1]) / 1024


def main() -> None:
    """Serve, measure both, print the table."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with serve_pages(full_pages(records)) as endpoint:
        figures = {name: measured(name, endpoint) for name in PATHS}
    print(f"{'path':<14}{'records/s':>12}{'records/CPU s':>16}{'peak MB':>10}")
    for name, figure in figures.items():
        rates = figure["records"] / figure["wall"], figure["records"] / figure["cpu"]
        print(f"{name:<14}{rates[0]:>12,.0f}{rates[1]:>16,.0f}{figure['megabytes']:>10,.0f}")
    ratio = figures["list_models"]["cpu"] / figures["hubscope"]["cpu"]
    print(f"hubscope reads {ratio:.1f} times the records per CPU second")


if __name__ == "__main__":
    if "--path" in sys.argv:
        _run_path(*sys.argv[2:])
    else:
        main()
