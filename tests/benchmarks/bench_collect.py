"""From the server's pages to landed Parquet, against `HfApi().list_models(full=True)` into pandas into DuckDB, and dlt into DuckDB.

    python -m tests.benchmarks.bench_collect [records]

All read the same pages from the same server, each in a process of its own; dlt (`pip install "dlt[duckdb]"`) is left out where it
is not installed. Last comes what hubscope does alone, without the server: from raw pages to landed Parquet. Printed: records a
second, records a CPU second, peak memory, and the ratios; nothing is asserted, because a shared machine's times prove nothing.
"""

import json
import sys
import tempfile
import time
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.measure import apart, peak_megabytes
from tests.benchmarks.page_server import full_pages, serve_pages


def hubscope_path(endpoint: str, scratch: Path) -> int:
    """The collector's own way: raw pages, landed, parsed, compared, written to the lake. Returns records kept."""
    from collector.fetch import Fetcher
    from collector.progress import Report
    from collector.sources.hub import Hub, HubListing
    from collector.upstream import Upstream
    from warehouse.lake.lake import Lake
    from warehouse.landing.run import Landing
    from warehouse.settings import Home

    home, now = Home(scratch), datetime(2026, 11, 1, 12)
    landing = Landing.open(home, profile="full", endpoint=endpoint, now=now)
    source = HubListing(Hub(Upstream(hub=endpoint), lambda *_: None), "models", "full", None)
    Fetcher(landing, Report(), 1.0).fetch(source, planned=1)
    return Lake(home).commit(landing.finish(), finished_at=now).listings[0].row_count


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


def dlt_path(endpoint: str, scratch: Path) -> int:
    """dlt's REST source into DuckDB, as its documentation shows it. Returns records kept."""
    import dlt
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(
        {
            "client": {"base_url": f"{endpoint}/api/", "paginator": {"type": "header_link"}},
            "resources": [{"name": "models", "endpoint": {"path": "models", "params": {"full": "true"}}}],
        }
    )
    database = dlt.destinations.duckdb(str(scratch / "dlt.duckdb"))
    pipeline = dlt.pipeline("peer", destination=database, dataset_name="hub", pipelines_dir=str(scratch))
    pipeline.run(source)
    with pipeline.sql_client() as client:
        return int(client.execute_sql("select count(*) from models")[0][0])


def landing_path(records: str, scratch: Path) -> int:
    """hubscope's way without the server: raw pages in memory, landed, parsed, compared, written to the lake."""
    from warehouse.lake.lake import Lake
    from warehouse.landing.run import Landing, Series
    from warehouse.settings import Home

    home, now = Home(scratch), datetime(2026, 11, 1, 12)
    pages = full_pages(int(records))
    _start_clock()
    landing = Landing.open(home, profile="full", endpoint="http://127.0.0.1", now=now)
    landed = landing.series(Series("hub_models"))
    for number, page in enumerate(pages):
        following = f"http://127.0.0.1/{number + 1}" if number + 1 < len(pages) else None
        landed.add_page(page, url=f"http://127.0.0.1/{number}", next_url=following)
    return Lake(home).commit(landing.finish(), finished_at=now).listings[0].row_count


PATHS = {"hubscope": hubscope_path, "list_models": peer_path, "dlt": dlt_path, "landing alone": landing_path}


def measured(name: str, endpoint: str) -> dict[str, float]:
    """The run with the least CPU of three: what else the machine does only ever adds to it.

    Wall and CPU are seconds from its first request on, megabytes its peak.
    """
    return min((apart("bench_collect", "--path", name, endpoint) for _ in range(3)), key=lambda figures: figures["cpu"])


def _run_path(name: str, endpoint: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        _start_clock()
        records = PATHS[name](endpoint, Path(scratch))
        wall, cpu = time.perf_counter() - CLOCK["wall"], time.process_time() - CLOCK["cpu"]
    print(json.dumps({"records": records, "wall": wall, "cpu": cpu, "megabytes": peak_megabytes()}))


CLOCK: dict[str, float] = {}
"""When the part that counts began."""


def _start_clock() -> None:
    CLOCK.update(wall=time.perf_counter(), cpu=time.process_time())


def main() -> None:
    """Serve, measure all, print the table."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    names = ["hubscope", "list_models", *(["dlt"] if find_spec("dlt") else [])]
    with serve_pages(full_pages(records)) as endpoint:
        figures = {name: measured(name, endpoint) for name in names}
    figures["landing alone"] = measured("landing alone", str(records))
    print(f"{'path':<14}{'records/s':>12}{'records/CPU s':>16}{'peak MB':>10}")
    for name, figure in figures.items():
        rates = figure["records"] / figure["wall"], figure["records"] / figure["cpu"]
        print(f"{name:<14}{rates[0]:>12,.0f}{rates[1]:>16,.0f}{figure['megabytes']:>10,.0f}")
    for peer in names[1:]:
        ratio = figures[peer]["cpu"] / figures["hubscope"]["cpu"]
        print(f"hubscope reads {ratio:.1f} times the records of {peer} per CPU second")


if __name__ == "__main__":
    if "--path" in sys.argv:
        _run_path(*sys.argv[2:])
    else:
        main()
