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

# Words of a chart that stand beyond its edge, end in "…" where they are its title, or stand on each other.
UNREADABLE = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg, figure.chart svg')].flatMap(svg => {
    const edge = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll('text')]
        .filter(text => text.textContent.trim() && +getComputedStyle(text).opacity > 0)  // Vega hides labels so
        .map(text => ({said: text.textContent, box: text.getBoundingClientRect(), title: text.closest('.role-title')}));
    const cut = words.filter(({said, box, title}) => box.left < edge.left - 1 || box.right > edge.right + 1
        || box.top < edge.top - 1 || box.bottom > edge.bottom + 1 || title && said.endsWith('…'));
    const covered = words.filter(({box}, place) => words.slice(place + 1).some(other =>
        Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 3
        && Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > box.height * 0.35));
    return [...cut, ...covered].map(({said}) => said);
})"""
# Points that a screen of class mode is too high: nobody scrolls before a class.
TOO_HIGH = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(0, main.scrollHeight - main.clientHeight);
}"""


def look(page: Page, language: str) -> int:
    """Fail on an exception, an empty chart, words clipped, covered or untranslated; returns how many charts there are."""
    assert page.locator('[data-testid="stException"]').count() == 0, page.inner_text("body")
    assert blank_charts(page) == []
    words = page.inner_text('[data-testid="stMain"]')
    assert UNTRANSLATED.findall(words) == []
    assert language == "en" or re.search(r"[\u4e00-\u9fff]", words)
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(UNREADABLE) == []
    return page.locator('[data-testid="stVegaLiteChart"]').count()
