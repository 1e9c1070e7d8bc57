"""What may never be on a page."""

import re

from playwright.sync_api import Page

from dashboard.say import LOCALES
from tests.browser.chromium import blank_charts

SECTIONS = "|".join(sorted(path.stem for path in (LOCALES / "en").glob("*.toml")))
UNTRANSLATED = re.compile(rf"\b(?:{SECTIONS})\.[a-z_]+\.[a-z_]+")
# Text of its own that is wider than the box that hides the rest of it, or that stands beyond the right edge.
CLIPPED = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(element => {
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!words || !element.checkVisibility() || element.closest('[data-testid="stDataFrame"], .vega-embed, svg, code, pre')) return false;
    const hides = getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
    return hides || element.getBoundingClientRect().right > innerWidth + 1;
}).map(element => element.innerText)"""


def look(page: Page, language: str) -> int:
    """Fail on an exception, an empty chart, clipped or untranslated words; returns how many charts there are."""
    assert page.locator('[data-testid="stException"]').count() == 0, page.inner_text("body")
    assert blank_charts(page) == []
    words = page.inner_text('[data-testid="stMain"]')
    assert UNTRANSLATED.findall(words) == []
    assert language == "en" or re.search(r"[\u4e00-\u9fff]", words)
    assert page.evaluate(CLIPPED) == []
    return page.locator('[data-testid="stVegaLiteChart"]').count()
