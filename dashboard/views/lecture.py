"""A lesson in class mode: one screen at a time, large, without controls; keys turn the pages.

What the keys do stands in `lecture.js`, and what they press in `turning`; "?" shows it.
The guess stands before the figure: predict, then reveal.
"""

from pathlib import Path

import streamlit as st

from dashboard import theme
from dashboard.choices import KINDS, Extra
from dashboard.export.slide_tables import on_one_screen
from dashboard.figures.facts import Figure, Table
from dashboard.footnotes import footnote, plain, show_cells
from dashboard.lessons import LESSONS, Lesson
from dashboard.lessons.guess import Answer
from dashboard.page import draw, open_bare, read_or_say_why, read_quietly, with_extras
from dashboard.view import Page
from dashboard.views import changes, guessing, phones
from dashboard.views.lesson_parts import choose, show_example, show_references
from dashboard.views.practice import show_screen
from dashboard.views.turning import SIZE, Go, lie_over, turn

REVEAL = "reveal"
FIRST, MORE, CODE = ("points", "guess", REVEAL, "figure", "table"), "more-", "code-"
LAST = ("practice", "questions")
CLOSING = ("discussion", "references")
"""After the last lesson: what is left of the course."""


def steps(lesson: Lesson) -> tuple[str, ...]:
    """The screens of a lesson, in the order in which they are turned; `REVEAL` is left out where nobody guessed."""
    more = (f"{MORE}{number}" for number, _ in enumerate(lesson.more, start=1))
    code = (f"{CODE}{number}" for number, _ in enumerate(lesson.code, start=1))
    return (*FIRST, *more, *code, *LAST, *(CLOSING if lesson.number == len(LESSONS) else ()))


STEP = Extra("step", FIRST[0], tuple(dict.fromkeys(step for lesson in LESSONS for step in steps(lesson))))
CLASS = Extra("class", "", ("", "1"))
TYPE_SIZES = {"usual": theme.CLASS_SIZE, "large": 1.9, "huge": 2.5}
"""Of the type in pictures, against a page, by the size of the screen; `lecture.js` measures that and says so."""
SCREEN = 640
"""Points below the heading; a fixed height, so that the picture takes what the words leave. The style sheet makes it
the height of the screen, whichever that is."""
TABLE, TABLE_SIZES = (1200, 540), (24, 22, 20, 18, 16, 14)
"""Points that a table has on such a screen, and of its type: the style sheet knows each size by its name."""
LOOK = Path(__file__).parent / "lecture.css"
SCRIPT = Path(__file__).parent / "lecture.js"


def render(lesson: Lesson, go: Go) -> None:
    st.html(LOOK)
    st.html(f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
    page = open_bare(lesson.section, extras=(CLASS, STEP, phones.ROOM, *lesson.extras), kinds=KINDS[:1])
    step, room = page.choices.extra(STEP.name), phones.room_of(page)
    facts = read_quietly(page, lesson.figure)
    is_revealed = step in (REVEAL, "figure")
    from_room = phones.tell(room, lesson, facts, is_asked=step == "guess", is_revealed=is_revealed)
    own = [one for one in guessing.guessed(lesson) if facts is not None and lesson.fits(facts, one)]
    answers = from_room or own
    turned = tuple(one for one in steps(lesson) if one != REVEAL or answers)
    step = step if step in turned else "figure" if step == REVEAL else FIRST[0]
    page = _head(page, lesson, step)
    if step.startswith(MORE):
        shown = lesson.more[int(step.removeprefix(MORE)) - 1]
        _show_picture(page, lesson, shown) if isinstance(shown, Figure) else _show_table(page, shown)
    elif step.startswith(CODE):
        _code(page, lesson, list(lesson.code)[int(step.removeprefix(CODE)) - 1])
    elif step == REVEAL:
        _reveal(page, lesson, answers)
    else:
        SCREENS[step](page, lesson)
    turn(page, lesson, turned, step, tuple(TYPE_SIZES), go)
    lie_over(page, lesson, turned, step)


def _head(page: Page, lesson: Lesson, step: str) -> Page:
    """The lesson's title and its own choice, where what is shown changes with that."""
    with st.container(horizontal=True, vertical_alignment="center", key="lecture-head"):
        st.markdown(f"## {page.say(f'ui.pages.{step}') if step in CLOSING else lesson.title(page.say)}")
        if page.warehouse.is_simulated:
            st.badge(page.say("ui.simulated"), icon=":material/science:", color="orange")
        if step not in ("points", *LAST, *CLOSING):
            page = choose(page, lesson, label_visibility="collapsed")
    return page


def _points(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"- {point}" for point in page.say.several(f"{lesson.section}.points")))


def _guess(page: Page, lesson: Lesson) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is None:
        return
    if not phones.may_open():
        guessing.ask(page, lesson, facts)
        return
    room = phones.room_of(page)
    asked, beside = st.columns([3, 2], gap="large") if room else (st.container(), st.container())
    with asked:
        guessing.ask(page, lesson, facts)
    with beside:
        phones.panel(page, room)


def _reveal(page: Page, lesson: Lesson, answers: list[Answer]) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is not None:
        with st.container(key="lecture-screen", height=SCREEN, border=False):
            guessing.reveal(page, lesson, facts, answers, size=TYPE_SIZES[_size()])


def _figure(page: Page, lesson: Lesson) -> None:
    _show_picture(page, lesson, lesson.figure)


def _show_picture(page: Page, lesson: Lesson, figure: Figure) -> None:
    """The picture on all that its words leave of the screen; above the lesson's own, what to see."""
    facts = read_or_say_why(page, figure)
    if facts is None:
        return
    with st.container(key="lecture-screen", height=SCREEN, border=False):
        page = with_extras(page, lesson.extras)
        if figure is lesson.figure:
            st.markdown(f"**{plain(lesson.see(facts, page.say))}**")
        draw(page, figure, facts, size=TYPE_SIZES[_size()], is_screen=True)
        footnote(page.say, figure, facts)


def _table(page: Page, lesson: Lesson) -> None:
    _show_table(page, lesson.table)


def _show_table(page: Page, table: Table) -> None:
    facts = read_or_say_why(page, table)
    if facts is None:
        return
    rows = table.lay(facts, page.say)
    size, shown = on_one_screen(rows, *TABLE, sizes=TABLE_SIZES)
    st.markdown(f"#### {page.say(f'{table.key}.title')}")
    with st.container(key=f"lecture-table-{size}"):
        show_cells(rows.head(shown))
    if shown < len(rows):
        st.caption(page.say("course.more_rows", shown=shown, of=len(rows)))
    footnote(page.say, table, facts)


def _code(page: Page, lesson: Lesson, name: str) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is not None:
        with st.container(key="lecture-code"):
            show_example(page, lesson, facts, name)


def _questions(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"1. {question}" for question in page.say.several(f"{lesson.section}.questions")))


def _discussion(page: Page, lesson: Lesson) -> None:
    st.markdown(f"#### {page.say('course.discussion.changed')}")
    with st.container(key="lecture-changed"):
        changes.show_sentences(page)
    if room := phones.room_of(page):
        phones.end(page, room)


def _references(page: Page, lesson: Lesson) -> None:
    with st.container(key="lecture-works"):
        show_references(page)


SCREENS = {
    "points": _points,
    "guess": _guess,
    "figure": _figure,
    "table": _table,
    "practice": show_screen,
    "questions": _questions,
    "discussion": _discussion,
    "references": _references,
}


def _size() -> str:
    """That of the reader's screen, as it last told."""
    return str(st.session_state.get(SIZE, next(iter(TYPE_SIZES))))
