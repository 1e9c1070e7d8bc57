"""Driving the system's own Chromium against pages of this machine, every other host refused."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def refuse_other_hosts(page: Page) -> list[str]:
    """Block every request that leaves this machine; the returned list fills with what was refused."""
    refused: list[str] = []

    def decide(route) -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost") or route.request.url.startswith(
            ("data:", "blob:", "file:")
        ):
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/*", decide)
    return refused


SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
    return app && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
        && charts.every(chart => chart.querySelector('canvas, svg path'));
}"""


def settle(page: Page, pause: int = 300) -> None:
    """Wait until the page's script has run to its end and every chart has drawn, twice in a row.

    pause: milliseconds between, in which the script must have begun to run.
    """
    for _ in range(2):
        page.wait_for_function(SETTLED, timeout=45_000)
        page.wait_for_timeout(pause)


def blank_charts(page: Page) -> list[str]:
    """The charts on the page whose picture is one single colour, each by its label."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].filter(chart => {
            const canvas = chart.querySelector('canvas');
            if (!canvas) return !chart.querySelector('svg path');
            const pixels = new Uint32Array(
                canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            return new Set(pixels).size < 8;
        }).map(chart => chart.getAttribute('aria-label') || chart.innerText || 'unnamed chart')"""
    )
