"""A lesson in class mode: one screen at a time, large, without controls; keys turn the pages.

Right and Left turn, Esc leads back to the lesson to read. The guess stands before the figure: predict, then reveal.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import address
from dashboard.choices import KINDS, Extra
from dashboard.export.slide_tables import on_one_screen
from dashboard.figures.facts import Figure, Table
from dashboard.footnotes import footnote, plain, show_cells
from dashboard.lessons import LESSONS, Lesson
from dashboard.page import draw, open_bare, read_or_say_why, with_extras
from dashboard.view import Page
from dashboard.views import guessing

FIRST, MORE, LAST = ("points", "guess", "figure", "table"), "more-", ("questions",)


def steps(lesson: Lesson) -> tuple[str, ...]:
    """The screens of a lesson, in the order in which they are turned."""
    return (*FIRST, *(f"{MORE}{number}" for number, _ in enumerate(lesson.more, start=1)), *LAST)


STEP = Extra("step", FIRST[0], tuple(dict.fromkeys(step for lesson in LESSONS for step in steps(lesson))))
CLASS = Extra("class", "", ("", "1"))
TYPE_SIZE = 1.3  # of the type in pictures, against a page
SCREEN = 640
"""Points below the heading; a fixed height, so that the picture takes what the words leave. The style sheet makes it
the height of the screen, whichever that is."""
TABLE, TABLE_SIZES = (1200, 540), (24, 22, 20, 18, 16, 14)
"""Points that a table has on such a screen, and of its type: the style sheet knows each size by its name."""
LOOK = Path(__file__).parent / "lecture.css"

Go = Callable[..., None]


def render(lesson: Lesson, go: Go) -> None:
    st.html(LOOK)
    page = open_bare(lesson.section, extras=(CLASS, STEP, *lesson.extras), kinds=KINDS[:1])
    step = page.choices.extra(STEP.name)
    step = step if step in steps(lesson) else FIRST[0]
    _head(page, lesson, step)
    if step.startswith(MORE):
        shown = lesson.more[int(step.removeprefix(MORE)) - 1]
        _show_picture(page, lesson, shown) if isinstance(shown, Figure) else _show_table(page, shown)
    else:
        {"points": _points, "guess": _guess, "figure": _figure, "table": _table, "questions": _questions}[step](
            page, lesson
        )
    _turn(page, lesson, step, go)


def _head(page: Page, lesson: Lesson, step: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lecture-head"):
        st.markdown(f"## {lesson.title(page.say)}")
        if page.warehouse.is_simulated:
            st.badge(page.say("ui.simulated"), icon=":material/science:", color="orange")
        st.caption(page.say("course.place", place=steps(lesson).index(step) + 1, of=len(steps(lesson))))


def _points(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"- {point}" for point in page.say.several(f"{lesson.section}.points")))


def _guess(page: Page, lesson: Lesson) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is not None:
        guessing.ask(page, lesson, facts)


def _figure(page: Page, lesson: Lesson) -> None:
    _show_picture(page, lesson, lesson.figure)


def _show_picture(page: Page, lesson: Lesson, figure: Figure) -> None:
    """The picture on all that its words leave of the screen; above the lesson's own, how the class guessed and what to see."""
    facts = read_or_say_why(page, figure)
    if facts is None:
        return
    with st.container(key="lecture-screen", height=SCREEN, border=False):
        page = with_extras(page, lesson.extras)
        if figure is lesson.figure:
            guessing.compare(page, lesson, facts)
            st.markdown(f"**{plain(lesson.see(facts, page.say))}**")
        draw(page, figure, facts, size=TYPE_SIZE, is_screen=True)
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


def _questions(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"1. {question}" for question in page.say.several(f"{lesson.section}.questions")))


def _turn(page: Page, lesson: Lesson, step: str, go: Go) -> None:
    """The buttons in the upper corner, where they cover nothing; each has its key."""
    turned, number = steps(lesson), LESSONS.index(lesson)
    place = turned.index(step)
    with st.container(horizontal=True, horizontal_alignment="right", key="lecture-turn"):
        back = st.button(page.say("course.back"), shortcut="Left", disabled=not (place or number))
        on = st.button(
            page.say("course.reveal" if step == "guess" else "course.on"),
            shortcut="Right",
            type="primary",
            disabled=place + 1 == len(turned) and number + 1 == len(LESSONS),
        )
        leave = st.button(page.say("course.leave"), shortcut="Esc")
    if leave:
        go(lesson, page, **{CLASS.name: "", STEP.name: ""})
    if on and place + 1 < len(turned):
        _step(turned[place + 1])
    if on:
        go(LESSONS[number + 1], page, step=FIRST[0])
    if back and place:
        _step(turned[place - 1])
    if back:
        go(LESSONS[number - 1], page, step=LAST[-1])


def _step(step: str) -> None:
    address.remember(step=step)
    st.rerun()
