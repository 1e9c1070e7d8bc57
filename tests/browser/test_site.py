"""The static site from a plain file server and from files, every other host refused: each page in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dashboard.export.site import write_site
from dashboard.say import LANGUAGES
from tests.browser.chromium import CHROMIUM, other_hosts
from tests.browser.looking import UNREADABLE, UNTRANSLATED
from tests.browser.serving import files_served
from tests.dashboard.exporting import NOW
from tests.once import made_once
from warehouse.read import open_current

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

LINK = re.compile(r'(?:href|src)="([^"]+)"')
DRAWN = """() => [...document.querySelectorAll('[data-chart]')].every(
    source => document.querySelector(`#${source.dataset.chart} svg`))"""
# A picture without a mark, or with a number in it that is none.
EMPTY = """() => [...document.querySelectorAll('[data-chart]')].filter(source => {
    const svg = document.querySelector(`#${source.dataset.chart} svg`);
    return !svg.querySelector('.role-mark path, .role-mark rect, .role-mark text') || /NaN|undefined/.test(svg.innerHTML);
}).map(source => source.dataset.chart)"""
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(element => {
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!words || !element.checkVisibility() || element.closest('svg, pre, .scroll, .unseen, .vega-embed')) return false;
    return element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
        || element.getBoundingClientRect().right > innerWidth + 1;
}).map(element => element.innerText)"""


@pytest.fixture(scope="module")
def site(demo_home, tmp_path_factory) -> Path:
    return made_once(
        tmp_path_factory, "site-of-all", lambda folder: write_site(open_current(demo_home), folder, as_of=None, now=NOW)
    )


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    with files_served(site) as running:
        yield running


LEFT = "net::ERR_ABORTED"
"""Of a request, such as that for the page's icon, that was under way when the test opened the next page."""


def _open(browser, **look: str) -> tuple[Page, list[str]]:
    """A page on a projector, and the list that fills with what goes wrong on it."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, **look)
    wrong = other_hosts(page)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: None if request.failure == LEFT else wrong.append(request.url))
    return page, wrong


def _look(page: Page) -> None:
    """Reveal and unfold everything, then say what may not be there."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.wait_for_function(DRAWN, timeout=20_000)
    assert page.evaluate(EMPTY) == []
    assert page.evaluate(UNREADABLE) == []
    assert page.evaluate(CLIPPED) == []
    assert UNTRANSLATED.findall(page.inner_text("main")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_site_draws_without_another_host(browser, site, address, language):
    page, wrong = _open(browser)
    files = sorted(path.name for path in (site / language).glob("*.html"))
    assert len(files) > 30
    for file in files:
        page.goto(f"{address}/{language}/{file}")
        _look(page)
        assert wrong == [], file
    page.close()


@pytest.mark.parametrize(("language", "day"), [("en", "1 Oct 2026"), ("zh", "2026年10月1日")])
def test_the_discussion_begins_with_what_changed_since_last_class(site, language, day):
    said, _, _ = (site / language / "discussion.html").read_text(encoding="utf-8").partition("<ol>")
    assert 'href="changes.html"' in said and day in said


def test_every_link_of_the_site_leads_to_a_file(site):
    missing = set()
    for path in site.rglob("*.html"):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith(("#", "data:")) and not (path.parent / target).is_file():
                missing.add((path.name, target))
    assert missing == set()


def test_every_page_names_both_feeds_whose_entries_have_pages(site):
    for language in LANGUAGES:
        for page in (site / language).glob("*.html"):
            named = re.findall(
                r'rel="alternate" type="application/(\S+)".+href="(\S+)">', page.read_text(encoding="utf-8")
            )
            assert named == [("atom+xml", "feed.xml"), ("feed+json", "feed.json")], page
        links = re.findall(r'href="(changes-\w+\.html)"', (site / language / "feed.xml").read_text(encoding="utf-8"))
        assert len(links) == 5
        for link in links:
            assert "<li>" in (site / language / link).read_text(encoding="utf-8").partition("<main>")[2], link


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_site_opens_from_files_in_the_look_of_the_readers_system(browser, site, scheme):
    page, wrong = _open(browser, color_scheme=scheme)
    page.goto((site / "zh" / "licences.html").as_uri())
    _look(page)
    (drawn,) = set(page.eval_on_selector_all("[data-drawn]", "all => all.map(one => one.dataset.drawn)"))
    assert drawn == scheme
    page.click("[data-switch-mode]")
    other = {"light": "dark", "dark": "light"}[scheme]
    page.wait_for_function(
        f"[...document.querySelectorAll('[data-drawn]')].every(one => one.dataset.drawn === '{other}')"
    )
    assert wrong == []
    page.close()


def test_the_first_page_leads_to_the_readers_language(browser, address):
    for locale, language in (("zh-CN", "zh"), ("en-GB", "en"), ("fr-FR", "en")):
        page, wrong = _open(browser, locale=locale)
        page.goto(f"{address}/index.html")
        page.wait_for_url(f"**/{language}/index.html")
        assert wrong == []
        page.close()


def test_a_lesson_keeps_its_chart_until_the_class_has_guessed(browser, address):
    page, wrong = _open(browser)
    page.goto(f"{address}/en/lesson-origins.html")
    assert not page.is_visible("figure svg")
    page.click("details.reveal > summary")
    page.wait_for_selector("figure svg")
    assert page.is_visible(".see")
    assert wrong == []
    page.close()


def test_names_are_found_as_they_are_typed(browser, address):
    page, _ = _open(browser)
    page.goto(f"{address}/en/explore.html")
    name = page.inner_text("[data-filtered] tbody tr:nth-child(3) td")
    page.fill("[data-filter]", name.upper())
    shown = page.eval_on_selector_all(
        "[data-filtered] tbody tr", "rows => rows.filter(row => !row.hidden).map(row => row.innerText)"
    )
    assert shown
    assert all(name in row for row in shown)
    page.close()


def test_a_lesson_is_turned_by_keys_screen_by_screen_and_on_to_the_next_lesson_from_a_file(browser, site):
    page, wrong = _open(browser)
    page.goto((site / "en" / "lesson-origins.html").as_uri())
    page.click("[data-begin]")
    shown = "[...document.querySelectorAll('main > .is-on')].filter(one => one.checkVisibility()).length"
    assert page.inner_text("output").startswith("1 / ")
    assert page.evaluate(shown) == 1 and not page.is_visible(".site-head")
    page.keyboard.press("PageDown")
    assert page.is_visible(".is-on .question") and not page.is_visible(".is-on .see")
    page.keyboard.press("Space")
    page.wait_for_selector(".is-on .see", state="visible")
    page.wait_for_function("document.querySelector('.is-on .chart svg')?.getBoundingClientRect().height > 300")
    assert page.inner_text("output").startswith("2 / "), "the guess is revealed before the screen is turned"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/lesson-hub-architecture.html#class-1")
    page.keyboard.press("PageUp")
    page.wait_for_url("**/lesson-origins.html#class-*")
    page.keyboard.press("Escape")
    assert page.is_visible(".site-head") and "#" not in page.url
    assert wrong == []
    page.close()
