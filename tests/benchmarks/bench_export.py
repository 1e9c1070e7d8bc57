"""How long exports take: the course as slides, the whole site in both languages, one picture.

    python -m tests.benchmarks.bench_export [HOME]

HOME is a data folder with a finished build; without it the usual demo is collected first (about a minute). The goals,
on 2 cores: slides of the course under 30 s, the site under 60 s.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from dashboard import figures
from dashboard.choices import Choices
from dashboard.export import chapters
from dashboard.export.formats import make
from dashboard.export.site import write_site
from dashboard.say import Say
from tests.benchmarks.measure import home_or_demo
from warehouse.read import open_current
from warehouse.settings import Home

GOALS = {"slides of the course": 30, "site, both languages": 60}


def main(home: Home) -> None:
    warehouse, now = open_current(home), datetime.now(UTC).replace(tzinfo=None)
    say = Say("zh")

    def exported(form: str, shown: list) -> int:
        return sum(map(len, make(form, shown, say, mode="light", now=now, stem="bench").values()))

    def site() -> int:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "site"
            write_site(warehouse, target, as_of=None, now=now)
            return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())

    chart = [chapters.chart(warehouse, figures.licences.CLASSES, Choices())]
    tasks: dict[str, Callable[[], int]] = {
        "one picture, the first": lambda: exported("png", chart),
        "one picture, once warm": lambda: exported("png", chart),
        "one citation pack": lambda: exported("citation", chart),
        "slides of the course": lambda: exported("pptx", list(chapters.course(warehouse, Choices()))),
        "course in one HTML file": lambda: exported("html", list(chapters.course(warehouse, Choices()))),
        "site, both languages": site,
    }
    for name, task in tasks.items():
        started = time.perf_counter()
        size = task()
        seconds = time.perf_counter() - started
        goal = f"   goal {GOALS[name]} s" if name in GOALS else ""
        print(f"{name:<26}{seconds:8.2f} s{size / 1e6:9.2f} MB{goal}")


if __name__ == "__main__":
    with home_or_demo() as home:
        main(home)
