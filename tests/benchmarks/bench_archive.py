"""A published archive of the whole Hub to published marts, against DuckDB's own bare read and write of the same columns.

    python -m tests.benchmarks.bench_archive [models]

Each in a process of its own, on the same file. Then the archive of the next day, in which a tenth of the used models' counters moved.
Printed: seconds, peak memory and the ratio, and what the next day takes on disk; nothing is asserted.
"""

import json
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from tests.benchmarks.archive_maker import make_archive, make_next_day
from tests.benchmarks.measure import apart, peak_megabytes

COLUMNS = """
    _id, id, "createdAt", "lastModified", downloads, "downloadsAllTime", likes, "trendingScore", tags, pipeline_tag, library_name,
    "cardData", safetensors, gguf, "baseModels"
"""
"""What hubscope reads of the file."""
FIRST_DAY = datetime(2026, 11, 1, 12)


def bare_copy(folder: Path, archive: str) -> dict[str, float]:
    """The peer: the columns as they are into another Parquet file."""
    with duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(folder / "spill")}) as connection:
        connection.execute("set enable_progress_bar = false")
        target = folder / "peer.parquet"
        connection.execute(
            f"copy (select {COLUMNS} from read_parquet($1)) to '{target}' (format parquet, compression zstd)", [archive]
        )
    return {}


def publish_first(folder: Path, archive: str) -> dict[str, float]:
    return _publish(folder, archive, FIRST_DAY)


def publish_next(folder: Path, archive: str) -> dict[str, float]:
    return _publish(folder, archive, FIRST_DAY + timedelta(days=1))


def _publish(folder: Path, archive: str, day: datetime) -> dict[str, float]:
    """hubscope's way from the downloaded file on: looked into, landed, compared, written, built, checked, published."""
    from warehouse.lake.lake import Lake
    from warehouse.landing.archive import inspect
    from warehouse.landing.run import Landing, Series
    from warehouse.manifest import Origin
    from warehouse.marts.build import build
    from warehouse.settings import Home

    home, taken_at, began = Home(folder / "home"), day + timedelta(days=1), time.perf_counter()
    inspect(Path(archive), "model")
    landing = Landing.open(home, profile="archive", endpoint="http://127.0.0.1", now=taken_at, content_of=day)
    origin = Origin("http://127.0.0.1", "main", "made up", "nobody")
    landing.series(Series("hub_models", "archive")).add_archive(Path(archive), origin)
    manifest = Lake(home).commit(landing.finish(), finished_at=taken_at)
    to_the_lake = time.perf_counter() - began
    build(home)
    return {"to the lake": to_the_lake, "lake megabytes": sum(file.bytes for file in manifest.listings[0].files) / 1e6}


WAYS = {"bare copy": bare_copy, "archive to marts": publish_first, "next day": publish_next}


def _run(way: str, folder: str, archive: str) -> None:
    began = time.perf_counter()
    figures = WAYS[way](Path(folder), archive)
    print(json.dumps({"seconds": time.perf_counter() - began, "megabytes": peak_megabytes(), **figures}))


def main() -> None:
    """Make both days' files, measure, print."""
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        first, following = folder / "models.parquet", folder / "next.parquet"
        make_archive(first, models)
        make_next_day(first, following)
        print(f"{models:,} models, {first.stat().st_size / 1e6:,.0f} MB")
        files = {"bare copy": first, "archive to marts": first, "next day": following}
        figures = {
            way: apart("bench_archive", "--way", way, folder.as_posix(), file.as_posix()) for way, file in files.items()
        }
        for way, found in figures.items():
            lake = f", {found['to the lake']:.1f} s of it to the lake" if "to the lake" in found else ""
            print(f"{way:<18}{found['seconds']:7.1f} s{found['megabytes']:8,.0f} MB of memory{lake}")
        print(
            f"archive to marts takes {figures['archive to marts']['seconds'] / figures['bare copy']['seconds']:.1f} bare copies"
        )
        print(f"the next day takes {figures['next day']['lake megabytes']:.2f} MB of the lake")


if __name__ == "__main__":
    if "--way" in sys.argv:
        _run(*sys.argv[2:])
    else:
        main()
