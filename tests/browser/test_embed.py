"""Figures of the published site in pages of another origin: in a frame, and as a picture."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dashboard.export import site
from dashboard.export.embeds import embed_lines
from dashboard.say import Say
from tests.browser.chromium import CHROMIUM, other_hosts
from tests.browser.looking import UNREADABLE
from tests.browser.serving import files_served
from tests.dashboard.exporting import NOW
from warehouse.read import open_current

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

STEM = "growth-cumulative"
DRAWN = "document.querySelector('[data-drawn] svg .role-mark path')"


@pytest.fixture(scope="module")
def places(demo_home, tmp_path_factory) -> Iterator[tuple[Path, str, Path, str]]:
    """Folder and address of the site's first page with its figures, and of the pages of somebody else, on another port."""
    own, other = tmp_path_factory.mktemp("site") / "public", tmp_path_factory.mktemp("other")
    own.mkdir()
    with ExitStack() as stack:
        address = stack.enter_context(files_served(own))
        elsewhere = stack.enter_context(files_served(other))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("HUBSCOPE_SITE_URL", address)
        all_leaves = site.leaves
        patch.setattr(site, "leaves", lambda *given: islice(all_leaves(*given), 1))
        site.write_site(open_current(demo_home), own, as_of=None, now=NOW)
        yield own, address, other, elsewhere


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_in_a_frame_of_another_origin_draws_in_the_readers_theme_and_tells_its_source(browser, places, scheme):
    own, _, other, elsewhere = places
    page_of_site = (own / "zh" / "index.html").read_text(encoding="utf-8")
    assert f"embed/{STEM}.html?as_of=20261101T000000Z" in page_of_site
    lines = embed_lines(places[1] + "/", STEM, Say("zh"), 'Growth "so far" <b>', None)
    (other / "post.html").write_text(f"<!doctype html><h1>Post</h1>{lines.frame}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme=scheme)
    wrong = other_hosts(page)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto(f"{elsewhere}/post.html")
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_function(DRAWN)
    assert frame.eval_on_selector("[data-drawn]", "one => one.dataset.drawn") == scheme
    assert frame.evaluate(UNREADABLE) == []
    assert frame.query_selector("nav, header, footer") is None
    assert "2026年11月1日" in frame.inner_text("main")
    assert frame.is_hidden("[data-pin]")
    assert frame.get_attribute("a[rel=noopener][href*=html]", "href") == "../index.html#growth-cumulative"
    assert page.evaluate("getComputedStyle(document.querySelector('iframe')).borderWidth") == "0px"
    assert wrong == []
    page.close()


def test_a_frame_that_was_made_for_another_snapshot_says_so(browser, places):
    _, address, _, _ = places
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    for asked, is_told in (("20261101T000000Z", False), ("20260901T000000Z", True), ("<b>", False)):
        page.goto(f"{address}/en/embed/{STEM}.html?as_of={asked}")
        page.wait_for_function(DRAWN)
        assert page.is_visible("[data-pin]") == is_told
    page.goto(f"{address}/en/embed/{STEM}.html?as_of=20260901T000000Z")
    assert "snapshot of 2026-09-01" in page.inner_text("[data-pin]")
    assert "1 Nov 2026" in page.inner_text("[data-pin]")
    page.close()


def test_the_picture_shows_in_a_page_of_another_origin_and_names_its_source_itself(browser, places):
    own, address, other, elsewhere = places
    picture = own / "en" / "embed" / f"{STEM}.svg"
    said = " ".join(ElementTree.parse(picture).getroot()[-1].itertext())
    assert "Snapshot 1 Nov 2026" in said
    assert "simulated" in said
    (other / "picture.html").write_text(f'<!doctype html><img src="{address}/en/embed/{STEM}.svg">', encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"{elsewhere}/picture.html")
    page.wait_for_function("document.querySelector('img').naturalWidth === 900")
    page.close()
