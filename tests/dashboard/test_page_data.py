"""The data page: snapshots, run log, reference tables, and collecting from the page."""

import time

import pytest

from dashboard.refresh import Refresh
from tests.dashboard.pages import charts, run
from warehouse.read import open_current
from warehouse.settings import is_locked, locked


@pytest.fixture(autouse=True)
def _home(demo_home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))


def _ended(refresh: Refresh) -> bool:
    until = time.monotonic() + 60
    while refresh.is_running and time.monotonic() < until:
        time.sleep(0.1)
    return not refresh.is_running


@pytest.mark.parametrize("tab", ["coverage", "runs", "reference"])
def test_every_tab_opens(tab):
    page = run("data", lang="zh", tab=tab)
    assert not page.exception
    assert page.dataframe or charts(page)


def test_the_run_log_shows_every_series_of_every_run(demo_home):
    page = run("data", lang="en", tab="runs")
    assert len(page.dataframe[0].value) == len(open_current(demo_home).query("run_log"))


def test_demo_data_cannot_be_refreshed_and_the_page_says_why():
    page = run("data", lang="en")
    assert page.button[0].disabled
    assert "hubscope up" in page.caption[1].value


def test_a_home_that_another_process_writes_to_is_seen_as_locked(home):
    from datetime import UTC, datetime

    assert not is_locked(home)
    with locked(home, datetime.now(UTC)):
        assert is_locked(home)
    assert not is_locked(home)


def test_a_refresh_streams_its_lines_ends_with_its_code_and_is_never_two(home, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    refresh = Refresh()
    assert refresh.start(home)
    assert not refresh.start(home)
    assert _ended(refresh)
    assert refresh.exit_code not in (None, 0)
    assert "hubscope:" in "\n".join(refresh.lines)
    assert refresh.start(home)
    assert _ended(refresh)
