"""Every page in a real browser, in both languages: no exception, no empty chart, no foreign host, no leftover word."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import CHROMIUM, blank_charts, chromium, refuse_other_hosts, settle
from warehouse.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

PAGES = ("", "growth", "licences", "tasks", "downloads", "lineage", "open_closed", "explore", "sql", "data")
SECTIONS = "ui|columns|data|overview|growth|licences|tasks|downloads|lineage|open_closed|explore|sizes"
UNTRANSLATED = re.compile(rf"\b(?:{SECTIONS})\.[a-z_]+\.[a-z_]+")
CHARTLESS = {"sql", "data", "explore"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _serve(home: Home) -> Iterator[str]:
    """Run `hubscope serve` on `home`; yields its address."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hubscope", "serve", "--port", str(port)],
        env={**os.environ, "HUBSCOPE_HOME": str(home.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                with urlopen(f"{address}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def dashboard(demo_home: Home) -> Iterator[str]:
    yield from _serve(demo_home)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", PAGES)
def test_every_page_draws_in_both_languages_without_another_host(dashboard, browser, slug, language):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    refused = refuse_other_hosts(page)
    page.goto(f"{dashboard}/{slug}?lang={language}")
    settle(page)
    charts = _look(page, language)
    tabs = page.get_by_role("tab")
    for number in range(1, tabs.count()):
        tabs.nth(number).click()
        settle(page)
        charts += _look(page, language)
    assert charts > 0 or slug in CHARTLESS
    assert refused == []
    page.close()


def _look(page: Page, language: str) -> int:
    """What may never be on a page, as it is now; returns how many charts are on it."""
    assert page.locator('[data-testid="stException"]').count() == 0, page.inner_text("body")
    assert blank_charts(page) == []
    words = page.inner_text('[data-testid="stMain"]')
    assert UNTRANSLATED.findall(words) == []
    assert language == "en" or re.search(r"[\u4e00-\u9fff]", words)
    return page.locator('[data-testid="stVegaLiteChart"]').count()


def test_an_empty_warehouse_says_what_to_do(tmp_path, browser):
    for address in _serve(Home(tmp_path)):
        page = browser.new_page()
        page.goto(f"{address}/?lang=en")
        settle(page)
        assert "hubscope demo" in page.inner_text("body")
        assert page.locator('[data-testid="stException"]').count() == 0
        page.close()
