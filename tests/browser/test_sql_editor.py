"""The editor of the SQL page by keys alone, and what is left of it where its script cannot be fetched."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.chromium import CHROMIUM, other_hosts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


def asked(page):
    """The query that the address holds."""
    return parse_qs(urlsplit(page.url).query).get("q")


def complete(page, begun, name):
    """Type what is begun, and take the first name of the list."""
    page.keyboard.type(begun)
    first = page.get_by_role("listbox").get_by_role("option", selected=True)
    first.filter(has_text=name).wait_for()
    page.wait_for_timeout(150)  # Enter that follows at once is a new line
    page.keyboard.press("Enter")


def test_a_query_is_written_completed_and_run_by_keys_alone(dashboard, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    refused = other_hosts(page)
    page.goto(f"{dashboard}/sql?lang=en&q=select+1")
    page.get_by_role("textbox", name="Query").and_(page.locator(".cm-content")).focus()
    page.keyboard.press("Control+a")
    complete(page, "select coun", "count")
    complete(page, "(*) as held from rep", "repositories")
    complete(page, " where repositories.lik", "likes")
    page.keyboard.press("Escape")
    page.keyboard.type(" >= 0")
    page.keyboard.press("Control+Enter")
    page.get_by_text("1 rows in").wait_for()
    assert asked(page) == ["select count(*) as held from repositories where repositories.likes >= 0"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").endswith("Run")
    page.go_back()
    page.locator(".cm-content", has_text="select 1").wait_for()
    assert refused == []
    page.close()


def test_without_its_script_the_editor_is_a_text_area_that_runs(dashboard, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.route("**/codemirror.js", lambda route: route.abort())
    page.goto(f"{dashboard}/sql?lang=en&q=select+1")
    page.get_by_label("Query", exact=True).fill("select 6 * 7 as answer")
    page.get_by_role("button", name="Run").click()
    page.get_by_text("1 rows in").wait_for()
    assert asked(page) == ["select 6 * 7 as answer"]
    page.close()
