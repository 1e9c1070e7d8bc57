"""A lesson in class mode: one screen at a time, large, without controls; keys turn the pages.

What the keys do stands in `lecture.js`; "?" shows it. The guess stands before the figure: predict, then reveal.
"""

import html
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import address, theme
from dashboard.choices import KINDS, Extra
from dashboard.export.markdown import unmarked
from dashboard.export.slide_tables import on_one_screen
from dashboard.figures.facts import Figure, Table
from dashboard.footnotes import footnote, plain, show_cells
from dashboard.lessons import LESSONS, Lesson
from dashboard.lessons.guess import Answer
from dashboard.page import draw, open_bare, read_or_say_why, read_quietly, with_extras
from dashboard.practice.keys import keys_of
from dashboard.practice.notes import teachers_notes
from dashboard.say import LANGUAGES
from dashboard.view import Page
from dashboard.views import guessing, phones
from dashboard.views.practice import show_screen

REVEAL = "reveal"
FIRST, MORE, LAST = ("points", "guess", REVEAL, "figure", "table"), "more-", ("practice", "questions")


def steps(lesson: Lesson) -> tuple[str, ...]:
    """The screens of a lesson, in the order in which they are turned; `REVEAL` is left out where nobody guessed."""
    return (*FIRST, *(f"{MORE}{number}" for number, _ in enumerate(lesson.more, start=1)), *LAST)


STEP = Extra("step", FIRST[0], tuple(dict.fromkeys(step for lesson in LESSONS for step in steps(lesson))))
CLASS = Extra("class", "", ("", "1"))
SIZE = "lecture.size"
TYPE_SIZES = {"usual": theme.CLASS_SIZE, "large": 1.9, "huge": 2.5}
"""Of the type in pictures, against a page, by the size of the screen; `lecture.js` measures that and says so."""
SCREEN = 640
"""Points below the heading; a fixed height, so that the picture takes what the words leave. The style sheet makes it
the height of the screen, whichever that is."""
TABLE, TABLE_SIZES = (1200, 540), (24, 22, 20, 18, 16, 14)
"""Points that a table has on such a screen, and of its type: the style sheet knows each size by its name."""
LOOK = Path(__file__).parent / "lecture.css"
SCRIPT = Path(__file__).parent / "lecture.js"
KEYS = ("on", "back", "ends", "list", "language", "notes", "room", "black", "full", "help", "leave")
"""What keys do; `course.keys.<name>` says it, and `course.keys.of.<name>` which they are."""

Go = Callable[..., None]


def render(lesson: Lesson, go: Go) -> None:
    st.html(LOOK)
    st.html(f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
    page = open_bare(lesson.section, extras=(CLASS, STEP, phones.ROOM, *lesson.extras), kinds=KINDS[:1])
    step, room = page.choices.extra(STEP.name), phones.room_of(page)
    from_room = phones.tell(
        room,
        lesson,
        read_quietly(page, lesson.figure) if room else None,
        is_asked=step == "guess",
        is_revealed=step in (REVEAL, "figure"),
    )
    answers = from_room or guessing.guessed(lesson)
    turned = tuple(one for one in steps(lesson) if one != REVEAL or answers)
    step = step if step in turned else "figure" if step == REVEAL else FIRST[0]
    _head(page, lesson)
    if step.startswith(MORE):
        shown = lesson.more[int(step.removeprefix(MORE)) - 1]
        _show_picture(page, lesson, shown) if isinstance(shown, Figure) else _show_table(page, shown)
    elif step == REVEAL:
        _reveal(page, lesson, answers)
    else:
        {
            "points": _points,
            "guess": _guess,
            "figure": _figure,
            "table": _table,
            "practice": show_screen,
            "questions": _questions,
        }[step](page, lesson)
    _turn(page, lesson, turned, step, go)
    _lie_over(page, lesson)


def _head(page: Page, lesson: Lesson) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lecture-head"):
        st.markdown(f"## {lesson.title(page.say)}")
        if page.warehouse.is_simulated:
            st.badge(page.say("ui.simulated"), icon=":material/science:", color="orange")


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


def _questions(page: Page, lesson: Lesson) -> None:
    st.markdown("\n".join(f"1. {question}" for question in page.say.several(f"{lesson.section}.questions")))


def _turn(page: Page, lesson: Lesson, turned: tuple[str, ...], step: str, go: Go) -> None:
    """The buttons in the upper corner, where they cover nothing; each has its key."""
    place, number = turned.index(step), LESSONS.index(lesson)
    with st.container(horizontal=True, horizontal_alignment="right", key="lecture-turn"):
        at = {"place": place + 1, "of": len(turned), "lesson": lesson.number, "lessons": len(LESSONS)}
        st.caption(page.say("course.place", **at), width="content")
        back = st.button(f"{page.say('course.back')} ←", key="lecture-back", disabled=not (place or number))
        on = st.button(
            f"{page.say('course.reveal' if step == 'guess' else 'course.on')} →",
            key="lecture-on",
            type="primary",
            disabled=place + 1 == len(turned) and number + 1 == len(LESSONS),
        )
        leave = st.button(f"{page.say('course.leave')} Esc", key="lecture-leave")
    with st.container(key="lecture-keys"):  # pressed by keys alone
        if st.button("Home", key="lecture-first"):
            _step(turned[0])
        if st.button("End", key="lecture-last"):
            _step(turned[-1])
        for size in TYPE_SIZES:
            if st.button(size, key=f"lecture-size-{size}", disabled=size == _size()):
                st.session_state[SIZE] = size
                st.rerun()
        if st.button("L", key="lecture-language"):
            address.revise(lang=LANGUAGES[(LANGUAGES.index(page.say.language) + 1) % len(LANGUAGES)])
            st.rerun()
    with st.container(key="lecture-list"):
        for other in LESSONS:
            if st.button(other.title(page.say), key=f"lecture-to-{other.slug}", type="tertiary"):
                go(other, page, step=FIRST[0])
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


def _size() -> str:
    """That of the reader's screen, as it last told."""
    return str(st.session_state.get(SIZE, next(iter(TYPE_SIZES))))


def _lie_over(page: Page, lesson: Lesson) -> None:
    """What a key lays over the screen: the keys, the speaker's notes, and black."""
    say = page.say
    keys = "".join(
        f"<tr><td><kbd>{html.escape(say(f'course.keys.of.{name}'))}</kbd></td><td>{html.escape(say(f'course.keys.{name}'))}</td></tr>"
        for name in KEYS
    )
    told = teachers_notes(keys_of(page.warehouse, page.choices, lesson.slug), say)
    notes = html.escape("\n".join([unmarked(say(f"{lesson.section}.notes")), *told])).replace("\n", "<br>")
    st.html(
        f'<div class="lecture-layer lecture-help"><table>{keys}</table></div>'
        f'<div class="lecture-layer lecture-notes">{notes}</div><div class="lecture-layer lecture-black"></div>'
    )


def _step(step: str) -> None:
    address.remember(step=step)
    st.rerun()
