"""What the tests share: an empty home, and one small warehouse that the real collector took from the simulated Hub."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from collector.demo.history import collect_history
from tests.once import made_once
from warehouse.settings import Home

# Nothing in the tests may reach for a key, a home or a proxy that the developer's own environment holds.
for name in (
    "HF_TOKEN",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "HF_ENDPOINT",
    "HF_HUB_OFFLINE",
    "HUBSCOPE_HOME",
    "HUBSCOPE_SITE_URL",
):
    os.environ.pop(name, None)

REAL_DATA = Path(os.environ.get("HUBSCOPE_REAL_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def harmless() -> list[str]:
    """How a process is begun that may no more than the file modes say: an administrator may more."""
    if os.name == "nt":
        pytest.skip("file modes say nothing on Windows")
    if os.geteuid():
        return []
    if not (program := shutil.which("setpriv")):
        pytest.skip("an administrator may read and write everything")
    return [program, "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Six monthly snapshots of a simulated Hub of 3,000 models; read-only by agreement."""
    made = made_once(
        tmp_path_factory,
        "demo-of-all",
        lambda folder: collect_history(
            Home(folder), until=date(2026, 11, 1), months=6, models=3_000, report=lambda _: None
        ),
    )
    return Home(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "home"))


SLOW_PLACES = {
    "browser",
    "survival",
    "test_commands",
    "test_front_door",
    "test_listening",
    "test_paths",
    "test_private",
    "test_real_input",
    "test_sandbox",
    "test_spark",
}
SLOW_FIXTURES = {"demo_home", "home", "explored"}
FIRST = ("test_spark", "test_killed", "test_export_libreoffice")
"""What takes longest in one piece: begun last, it would be waited for alone."""


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: much of the time is spent waiting for browsers, servers and processes.

    Twice as many took longer: they wait for each other.
    """
    processors = os.cpu_count() or 1
    return processors + processors // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what makes or reads a home, what tries many examples, and what starts browsers, servers or commands; begin
    with what takes longest."""
    items.sort(key=lambda item: item.path.stem not in FIRST)
    for item in items:
        places = {item.path.parent.name, item.path.stem}
        given = set(getattr(item, "fixturenames", ()))
        tries_examples = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if SLOW_PLACES & places or SLOW_FIXTURES & given or tries_examples:
            item.add_marker(pytest.mark.slow)
