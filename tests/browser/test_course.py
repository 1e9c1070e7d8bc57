"""The course in a real browser: every lesson in both languages, light and dark, as a page and in class mode turned by keys."""

import pytest

from dashboard.figures.facts import Table
from dashboard.lessons import LESSONS
from dashboard.lessons.guess import Order
from dashboard.say import Say
from dashboard.views.lecture import CLOSING, FIRST, LAST, steps
from tests.browser.chromium import CHROMIUM, other_hosts, settle
from tests.browser.looking import TOO_HIGH, look

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

AS_PAGES = [("en", "light"), ("zh", "dark")]
IN_CLASS = [("en", "dark"), ("zh", "light")]
PROJECTOR = {"width": 1280, "height": 720}
SMALL_PROJECTOR = {"width": 800, "height": 600}
UNDER_THE_BUTTONS = """() => {
    const buttons = document.querySelector('.st-key-lecture-turn').getBoundingClientRect();
    const isUnder = box => box.width && box.height
        && box.right > buttons.left + 1 && box.top < buttons.bottom - 1 && box.bottom > buttons.top;
    return [...document.querySelectorAll('.st-key-lecture-head *, [data-testid="stMain"] :is(h3, p)')]
        .filter(one => one.checkVisibility() && !one.closest('.st-key-lecture-turn') && isUnder(one.getBoundingClientRect()))
        .map(one => one.innerText);
}"""
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


def _guess_by_keys(page, lesson) -> None:
    """Change what a lesson asks for, whichever control it is, without a mouse."""
    key, control = (
        ("Enter", "button") if isinstance(lesson.guess, Order) else ("ArrowRight", "[type=range], [role=slider]")
    )
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("control => document.activeElement.matches(control)", control):
            break
    else:
        pytest.fail(f"{lesson.section}: no control for its guess is reached by Tab")
    page.keyboard.press(key)
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
            assert look(page, language) >= (step in ("reveal", "figure"))
            assert page.evaluate(TOO_HIGH) == 0, (section, step)
            assert not page.locator('[data-testid="stSidebar"]').is_visible()
            seen.append((section, step))
            if step == "guess":
                _guess_by_keys(page, lesson)
            if number + 1 < len(SECTIONS) or step != CLOSING[-1]:
                page.keyboard.press("PageDown" if step == "guess" else "ArrowRight")
    assert len(seen) == sum(len(steps(lesson)) for lesson in LESSONS)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "class=1" not in url, timeout=20_000)
    assert refused == []
    page.close()


def test_class_mode_obeys_a_presenters_remote_and_the_keys_that_its_help_names(dashboard, browser):
    page = browser.new_page(viewport=PROJECTOR)
    page.goto(f"{dashboard}/lesson_using_the_api?class=1&lang=en")
    settle(page)
    section = "lesson_using_the_api"
    page.keyboard.press("PageDown")
    _wait_for_screen(page, section, "guess")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(3):  # by keyboard alone: the slider keeps the focus when the guess changes
        page.keyboard.press("ArrowRight")
        settle(page, pause=100)
    guessed = page.locator("h2").last.inner_text()
    assert guessed == "$0.30"
    page.keyboard.press("PageDown")
    _wait_for_screen(page, section, "reveal")
    assert guessed in page.inner_text('[data-testid="stMain"]')
    page.keyboard.press("PageDown")
    _wait_for_screen(page, section, "figure")
    for key, layer in (("?", "help"), ("n", "notes"), ("b", "black"), ("g", "list")):
        page.keyboard.press(key)
        shown = ".st-key-lecture-list" if layer == "list" else f".lecture-{layer}"
        assert page.locator(shown).is_visible(), layer
        page.keyboard.press("Escape")
        assert not page.locator(shown).is_visible(), layer
    page.keyboard.press("End")
    _wait_for_screen(page, section, LAST[-1])
    page.keyboard.press("l")
    page.wait_for_url(lambda url: "lang=zh" in url)
    _wait_for_screen(page, section, LAST[-1])
    page.keyboard.press("g")
    page.locator(".st-key-lecture-list button").nth(2).click()
    _wait_for_screen(page, SECTIONS[2], FIRST[0])
    page.keyboard.press("Space")
    _wait_for_screen(page, SECTIONS[2], "guess")
    before = page.locator("h3").all_inner_texts()
    page.get_by_role("button", name="↓").first.click()
    settle(page)
    after = page.locator("h3").all_inner_texts()
    assert [line.split(" · ")[1] for line in after[1:3]] == [line.split(" · ")[1] for line in (before[2], before[1])]
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "class=1" not in url, timeout=20_000)
    page.close()


def test_a_presenters_window_shows_notes_and_what_comes_next_and_turns_the_class(dashboard, browser):
    page = browser.new_page(viewport=SMALL_PROJECTOR)
    page.goto(f"{dashboard}/lesson_case_study?class=1&step=guess&lang=zh")
    settle(page)
    assert page.evaluate(TOO_HIGH) == 0
    assert page.evaluate(UNDER_THE_BUTTONS) == []
    with page.context.expect_page() as opened:
        page.keyboard.press("p")
    presenter = opened.value
    presenter.get_by_text("12/13").wait_for()
    say = Say("zh")
    assert say("lesson_case_study.notes")[:20] in presenter.inner_text("#notes")
    assert say("course.steps.figure") in presenter.inner_text("#next")
    presenter.keyboard.press("PageDown")
    _wait_for_screen(page, "lesson_case_study", "figure")
    presenter.locator("#back").click()
    _wait_for_screen(page, "lesson_case_study", "guess")
    presenter.keyboard.press("l")
    page.wait_for_url(lambda url: "lang=en" in url)
    presenter.wait_for_url(lambda url: "lang=en" in url)
    presenter.get_by_text("Speaker notes").wait_for()
    presenter.close()
    page.close()


def test_on_a_larger_projector_the_picture_takes_the_room_and_its_type_grows_along(dashboard, browser):
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{dashboard}/lesson_advantages?class=1&step=figure&lang=en")
    axis = '[data-testid="stVegaLiteChart"] svg .role-axis-label text'
    page.wait_for_function(f"parseFloat(document.querySelector('{axis}')?.getAttribute('font-size') ?? 0) > 20")
    settle(page)
    look(page, "en")
    assert page.evaluate(TOO_HIGH) == 0
    assert page.evaluate("document.querySelector('[data-testid=\"stVegaLiteChart\"]').clientHeight") > 600
    page.close()
