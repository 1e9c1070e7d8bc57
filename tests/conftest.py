"""What the tests share: an empty home, and one small warehouse that the real collector took from the simulated Hub."""

import os
from datetime import date
from pathlib import Path

import pytest

from collector.demo.history import collect_history
from warehouse.settings import Home

# Nothing in the tests may reach for a key, a home or a proxy that the developer's own environment holds.
for name in ("HF_TOKEN", "OPENAI_API_KEY", "OPENAI_BASE_URL", "HF_ENDPOINT", "HF_HUB_OFFLINE", "HUBSCOPE_HOME"):
    os.environ.pop(name, None)

REAL_DATA = Path(os.environ.get("HUBSCOPE_REAL_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Six monthly snapshots of a simulated Hub of 3,000 models; read-only by agreement."""
    home = Home(tmp_path_factory.mktemp("demo"))
    collect_history(home, until=date(2026, 11, 1), months=6, models=3_000, report=lambda _: None)
    return home
