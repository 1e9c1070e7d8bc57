"""Driving the system's own Chromium against pages of this machine, every other host refused."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

OWN = ("data:", "blob:", "file:")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--no-opt",  # no page lives long enough to earn back what optimising its scripts takes
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class Chromium:
    """The system's Chromium, headless, which reaches this machine alone.

    Pages of one look share what was fetched and compiled: the dashboard's own scripts take longer than most pages.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}

    def new_page(self, **look: Any) -> Page:
        """A page of a reader's screen (`viewport`) and scheme (`color_scheme`)."""
        key = json.dumps(look, sort_keys=True)
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**look)
        return self._contexts[key].new_page()


@contextmanager
def chromium() -> Iterator[Chromium]:
    """One that runs until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield Chromium(browser)
        browser.close()


def other_hosts(page: Page) -> list[str]:
    """Fills with every request that would leave this machine; the browser finds no other host, and so sends none."""
    asked: list[str] = []

    def look(request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost") and not request.url.startswith(OWN):
            asked.append(request.url)

    page.on("request", look)
    return asked


SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].filter(chart => chart.checkVisibility());
    return app && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
        && charts.every(chart => chart.querySelector('canvas, svg path'));
}"""


def settle(page: Page, pause: int = 300) -> None:
    """Wait until the page's script has run to its end and every chart has drawn, twice in a row; in a closed tab none is.

    pause: milliseconds between, in which the script must have begun to run.
    """
    for _ in range(2):
        page.wait_for_function(SETTLED, timeout=45_000)
        page.wait_for_timeout(pause)


def blank_charts(page: Page) -> list[str]:
    """The charts in sight whose picture is one single colour, each by its label."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].filter(chart => {
            if (!chart.checkVisibility()) return false;
            const canvas = chart.querySelector('canvas');
            if (!canvas) return !chart.querySelector('svg path');
            const pixels = new Uint32Array(
                canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            return new Set(pixels).size < 8;
        }).map(chart => chart.getAttribute('aria-label') || chart.innerText || 'unnamed chart')"""
    )
