"""The course in a real browser: every lesson in both languages, light and dark, as a page and in class mode turned by keys."""

import pytest

from dashboard.figures.facts import Table
from dashboard.lessons import LESSONS
from dashboard.views.lecture import FIRST, LAST, steps
from tests.browser.chromium import CHROMIUM, other_hosts, settle
from tests.browser.looking import TOO_HIGH, look

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

AS_PAGES = [("en", "light"), ("zh", "dark")]
IN_CLASS = [("en", "dark"), ("zh", "light")]
PROJECTOR = {"width": 1280, "height": 720}
SECTIONS = [lesson.section for lesson in LESSONS]


@pytest.mark.parametrize(("language", "scheme"), AS_PAGES)
@pytest.mark.parametrize("lesson", LESSONS, ids=SECTIONS)
def test_every_lesson_draws(dashboard, browser, lesson, language, scheme):
    page = browser.new_page(viewport=PROJECTOR, color_scheme=scheme)
    refused = other_hosts(page)
    page.goto(f"{dashboard}/{lesson.section}?lang={language}")
    settle(page)
    assert look(page, language) > 0
    assert page.locator("table").count() == 1 + sum(isinstance(shown, Table) for shown in lesson.more)
    assert refused == []
    page.close()


@pytest.mark.parametrize("section", ["references", "discussion"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_beside_the_lessons_draw(dashboard, browser, section, language):
    page = browser.new_page(viewport=PROJECTOR)
    page.goto(f"{dashboard}/{section}?lang={language}")
    settle(page)
    look(page, language)
    assert len(page.inner_text('[data-testid="stMain"]')) > 150
    page.close()


def _wait_for_screen(page, section: str, step: str) -> None:
    """A key turns to this very screen: the address says which one it is, then it must come to rest."""
    page.wait_for_url(
        lambda url: f"/{section}?" in url and (step == FIRST[0] or f"step={step}" in url),
        timeout=20_000,
        wait_until="commit",
    )
    settle(page, pause=100)


@pytest.mark.parametrize(("language", "scheme"), IN_CLASS)
def test_class_mode_turns_through_the_whole_course_by_key(dashboard, browser, language, scheme):
    page = browser.new_page(viewport=PROJECTOR, color_scheme=scheme)
    refused = other_hosts(page)
    page.goto(f"{dashboard}/{SECTIONS[0]}?class=1&lang={language}")
    settle(page)
    seen = []
    for number, lesson in enumerate(LESSONS):
        section = lesson.section
        for step in steps(lesson):
            _wait_for_screen(page, section, step)
            assert look(page, language) >= (step == "figure")
            assert page.evaluate(TOO_HIGH) == 0, (section, step)
            assert not page.locator('[data-testid="stSidebar"]').is_visible()
            seen.append((section, step))
            if number + 1 < len(SECTIONS) or step != LAST[-1]:
                page.keyboard.press("ArrowRight")
    assert len(seen) == sum(len(steps(lesson)) for lesson in LESSONS)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "class=1" not in url, timeout=20_000)
    assert refused == []
    page.close()
