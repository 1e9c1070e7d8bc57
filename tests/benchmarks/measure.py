"""What the benchmarks measure with: seconds, peak memory, and the server's time for each page of the dashboard."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from warehouse.settings import Home

COLD = """
from tests.benchmarks.measure import render_overview, seconds
import streamlit.testing.v1
print(seconds(render_overview))
"""


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_megabytes() -> float:
    """Of this process alone: `ru_maxrss` would begin with what its parent held when it was started."""
    high_water = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(high_water.split()[1]) / 1024


def apart(benchmark: str, *arguments: str) -> dict[str, float]:
    """The figures that a benchmark prints as JSON on its last line, run with these arguments in a process of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{benchmark}", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


@contextmanager
def home_or_demo() -> Iterator[Home]:
    """The home that the command line names, else the usual demo, collected first."""
    if len(sys.argv) > 1:
        yield Home(Path(sys.argv[1]))
        return
    from collector.demo.history import collect_history  # no part of the start that is measured from here

    with tempfile.TemporaryDirectory() as folder:
        demo = Home(Path(folder))
        collect_history(demo, until=date(2026, 11, 24), months=24, models=32_500, report=print)
        yield demo


def page_seconds(home: Home) -> dict[str, float]:
    """Seconds of server time of each page and each of its tabs, the second time it is opened; the slowest tab counts."""
    from streamlit.testing.v1 import AppTest

    from dashboard.navigation import PAGES
    from dashboard.sheets import SHEET

    os.environ["HUBSCOPE_HOME"] = str(home.path)
    taken: dict[str, float] = {}
    for page in PAGES:
        for tab in [tab.name for tab in SHEET[page].tabs] or [""]:
            test = AppTest.from_function(_render, args=(page,), default_timeout=60)
            test.query_params["tab"] = tab
            test.run()
            taken[page] = max(taken.get(page, 0), seconds(test.run))
            assert not test.exception, test.exception
    return taken


def cold_overview_seconds(home: Home) -> float:
    """Seconds of the overview as the first page that a new server shows, the loading of the dashboard's code included."""
    environment = {**os.environ, "HUBSCOPE_HOME": str(home.path)}
    told = subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True, env=environment)
    return float(told.stdout.splitlines()[-1])


def render_overview() -> None:
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_function(_render, args=("overview",), default_timeout=60).run()
    assert not test.exception, test.exception


def _render(page: str) -> None:
    from dashboard.navigation import PAGES

    PAGES[page]()
