"""Every page in a real browser, in both languages: no exception, no empty chart, no foreign host, no leftover word."""

import pytest

from dashboard.navigation import PAGES
from tests.browser.chromium import CHROMIUM, other_hosts, settle
from tests.browser.looking import look
from tests.browser.serving import serve
from warehouse.settings import Home

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

PROJECTOR = {"width": 1280, "height": 720}
CHARTLESS = {"sql", "data", "explore", "course"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", ["" if key == "overview" else key for key in PAGES])
def test_every_page_draws_in_both_languages_without_another_host(dashboard, browser, slug, language):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    refused = other_hosts(page)
    page.goto(f"{dashboard}/{slug}?lang={language}")
    settle(page)
    charts = look(page, language)
    tabs = page.get_by_role("tab")
    for number in range(1, tabs.count()):
        tabs.nth(number).click()
        settle(page)
        charts += look(page, language)
    assert charts > 0 or slug in CHARTLESS
    assert refused == []
    page.close()


def test_one_press_of_back_leads_to_the_tab_or_page_before(dashboard, browser):
    page = browser.new_page()
    page.goto(f"{dashboard}/data?lang=zh")
    settle(page)
    seen = []
    for act in (page.get_by_role("tab").nth(1), page.locator('[data-testid="stSidebarNavLink"][href$="/sql"]')):
        seen.append(page.url)
        act.click()
        page.wait_for_function("before => location.href !== before", arg=seen[-1])
        settle(page)
    for address in reversed(seen):
        page.go_back()
        settle(page)
        assert page.url == address
    page.close()


def test_an_empty_warehouse_says_what_to_do(tmp_path, browser):
    for address in serve(Home(tmp_path)):
        page = browser.new_page()
        page.goto(f"{address}/?lang=en")
        settle(page)
        assert "hubscope demo" in page.inner_text("body")
        assert page.locator('[data-testid="stException"]').count() == 0
        page.close()


@pytest.mark.parametrize(("language", "tag", "title"), [("en", "en", "Licences"), ("zh", "zh-CN", "许可证")])
def test_a_page_says_its_name_and_language_and_on_a_small_projector_shows_a_picture_and_every_tool_at_once(
    dashboard, browser, language, tag, title
):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    for path in ("licences", "changes", "", "growth", "lineage"):
        page.goto(f"{dashboard}/{path}?lang={language}")
        settle(page)
        if path == "licences":
            assert page.title() == title
        assert page.evaluate("document.documentElement.lang") == tag
        top = page.locator('[data-testid="stVegaLiteChart"] svg .mark-group.role-frame').first.bounding_box()["y"]
        assert top < 640, (path, top)
        tools = page.locator(".st-key-page-tools")
        page.locator('[data-testid="stMain"]').evaluate("element => element.scrollTo(0, element.scrollHeight)")
        for button in tools.locator("button").all():
            button.click(trial=True, timeout=5_000)  # nothing lies over it
        box = tools.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] < 100 and box["x"] + box["width"] <= 1280, (path, box)
    page.close()


def test_a_line_is_brought_forward_and_a_moment_read_by_mouse_and_by_keyboard(dashboard, browser):
    page = browser.new_page(viewport=PROJECTOR)
    page.goto(f"{dashboard}/growth?lang=en&tab=population")
    settle(page)
    chart = page.locator('[data-testid="stVegaLiteChart"]')
    assert chart.locator(".vega-bindings").bounding_box()["height"] < 10, "seen by who reaches it alone"
    chart.locator("select").first.focus()
    assert chart.locator(".vega-bindings").bounding_box()["height"] > 20
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "document.querySelectorAll('[data-testid=stVegaLiteChart] svg [opacity=\"0.18\"]').length > 0"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    chart.locator("svg tspan", has_text="Models: ").wait_for()
    plot = chart.locator("svg").bounding_box()
    page.mouse.move(plot["x"] + plot["width"] * 0.6, plot["y"] + plot["height"] * 0.6)
    told = page.locator("#vg-tooltip-element.visible")
    told.wait_for()
    assert {"Models", "Datasets", "Spaces"} <= set(told.locator("td.key").all_inner_texts())
    page.close()
