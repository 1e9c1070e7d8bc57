"""All notebooks of the course, both languages, executed two at a time: `python -m tests.benchmarks.bench_notebooks`.

Goal: under 120 s for all 26, made and run on two cores.
"""

import io
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

from dashboard.choices import Choices
from dashboard.export import chapters, notebook
from dashboard.say import LANGUAGES, Say
from warehouse.read import open_current
from warehouse.settings import Home

AT_ONCE = 2


def main() -> None:
    """Uses the home of the environment (HUBSCOPE_HOME)."""
    with TemporaryDirectory() as folder, open_current(Home.from_env()).holding() as warehouse:
        began = time.perf_counter()
        taught = list(chapters.lessons(warehouse, Choices()))
        for language in LANGUAGES:
            content = notebook.pack(taught, Say(language), stem="course", now=datetime(2026, 11, 29))
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                archive.extractall(folder)
        made = time.perf_counter() - began
        paths = sorted(Path(folder).glob("*/*.ipynb"))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            seconds = list(pool.map(_run, paths))
        print(
            f"{len(paths)} notebooks: made in {made:.1f} s, run in {time.perf_counter() - began - made:.1f} s, slowest {max(seconds):.1f} s"
        )


def _run(path: Path) -> float:
    began = time.perf_counter()
    read = nbformat.read(path, as_version=4)
    NotebookClient(read, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
