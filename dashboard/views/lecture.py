"""A lesson in class mode: one screen at a time, large, without controls; keys turn the pages.

Right and Left turn, Esc leads back to the lesson to read. The guess stands before the figure: predict, then reveal.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import address
from dashboard.choices import KINDS, Extra
from dashboard.export.slide_tables import largest_type
from dashboard.footnotes import footnote, plain, show_cells
from dashboard.lessons import LESSONS, Lesson
from dashboard.page import draw, open_bare, read_or_say_why, with_extras
from dashboard.view import Page
from dashboard.views import guessing

STEPS = ("points", "guess", "figure", "table", "questions")
STEP = Extra("step", STEPS[0], STEPS)
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
    _head(page, lesson, step)
    {"points": _points, "guess": _guess, "figure": _figure, "table": _table, "questions": _questions}[step](
        page, lesson
    )
    _turn(page, lesson, step, go)


def _head(page: Page, lesson: Lesson, step: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lecture-head"):
        st.markdown(f"## {lesson.title(page.say)}")
        if page.warehouse.is_simulated:
            st.badge(page.say("ui.simulated"), icon=":material/science:", color="orange")
        st.caption(page.say("course.place", place=STEPS.index(step) + 1, of=len(STEPS)))


def _points(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"- {point}" for point in page.say.several(f"{lesson.section}.points")))


def _guess(page: Page, lesson: Lesson) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is not None:
        guessing.ask(page, lesson, facts)


def _figure(page: Page, lesson: Lesson) -> None:
    facts = read_or_say_why(page, lesson.figure)
    if facts is None:
        return
    with st.container(key="lecture-screen", height=SCREEN, border=False):
        page = with_extras(page, lesson.extras)
        guessing.compare(page, lesson, facts)
        st.markdown(f"**{plain(lesson.see(facts, page.say))}**")
        draw(page, lesson.figure, facts, size=TYPE_SIZE, is_screen=True)
        footnote(page.say, lesson.figure, facts)


def _table(page: Page, lesson: Lesson) -> None:
    facts = read_or_say_why(page, lesson.table)
    if facts is not None:
        rows = lesson.table.lay(facts, page.say)
        st.markdown(f"#### {page.say(f'{lesson.table.key}.title')}")
        with st.container(key=f"lecture-table-{largest_type(rows, *TABLE, sizes=TABLE_SIZES)}"):
            show_cells(rows)
        footnote(page.say, lesson.table, facts)


def _questions(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"1. {question}" for question in page.say.several(f"{lesson.section}.questions")))


def _turn(page: Page, lesson: Lesson, step: str, go: Go) -> None:
    """The buttons in the upper corner, where they cover nothing; each has its key."""
    place, number = STEPS.index(step), LESSONS.index(lesson)
    with st.container(horizontal=True, horizontal_alignment="right", key="lecture-turn"):
        back = st.button(page.say("course.back"), shortcut="Left", disabled=not (place or number))
        on = st.button(
            page.say("course.reveal" if step == "guess" else "course.on"),
            shortcut="Right",
            type="primary",
            disabled=place + 1 == len(STEPS) and number + 1 == len(LESSONS),
        )
        leave = st.button(page.say("course.leave"), shortcut="Esc")
    if leave:
        go(lesson, page, **{CLASS.name: "", STEP.name: ""})
    if on and place + 1 < len(STEPS):
        _step(STEPS[place + 1])
    if on:
        go(LESSONS[number + 1], page, step=STEPS[0])
    if back and place:
        _step(STEPS[place - 1])
    if back:
        go(LESSONS[number - 1], page, step=STEPS[-1])


def _step(step: str) -> None:
    address.remember(step=step)
    st.rerun()
