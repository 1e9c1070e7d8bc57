"""How class mode is turned: the buttons and what keys press, what lies over the screen, and what the presenter's window is told."""

import html
import json
from collections.abc import Callable

import streamlit as st

from dashboard import address, classroom
from dashboard.export.markdown import unmarked
from dashboard.lessons import LESSONS, Lesson
from dashboard.practice.keys import keys_of
from dashboard.practice.notes import teachers_notes
from dashboard.say import LANGUAGES, Say
from dashboard.view import Page

KEYS = (*("on", "back", "ends", "list", "language", "notes", "presenter", "room", "black", "full", "help", "leave"),)
"""What keys do; `course.keys.<name>` says it, and `course.keys.of.<name>` which they are."""
SIZE = "lecture.size"

Go = Callable[..., None]


def turn(page: Page, lesson: Lesson, turned: tuple[str, ...], step: str, sizes: tuple[str, ...], go: Go) -> None:
    """The buttons in the upper corner, where they cover nothing; each has its key.

    turned: the screens of the lesson as they are turned; sizes: names of those of a reader's screen.
    """
    say, place, number = page.say, turned.index(step), LESSONS.index(lesson)
    is_first, is_last = not (place or number), place + 1 == len(turned) and number + 1 == len(LESSONS)
    with st.container(horizontal=True, horizontal_alignment="right", key="lecture-turn"):
        st.caption(f"{where(say, lesson, turned, step)} · ?", width="content")
        st.link_button(":material/co_present:", presenter(say), help=say("course.keys.presenter"), type="tertiary")
        back = st.button(f"{say('course.back')} ←", key="lecture-back", disabled=is_first)
        forward = say("course.reveal" if step == "guess" else "course.on")
        on = st.button(f"{forward} →", key="lecture-on", type="primary", disabled=is_last)
        leave = st.button(f"{say('course.leave')} Esc", key="lecture-leave")
    _by_keys(page, turned, sizes)
    with st.container(key="lecture-list"):
        for other in LESSONS:
            if st.button(other.title(say), key=f"lecture-to-{other.slug}", type="tertiary"):
                go(other, page, step=turned[0])
    if leave:
        go(lesson, page, **{"class": "", "step": ""})
    if on and place + 1 < len(turned):
        _step(turned[place + 1])
    if on:
        go(LESSONS[number + 1], page, step="")
    if back and place:
        _step(turned[place - 1])
    if back:
        go(LESSONS[number - 1], page, step="questions")


def where(say: Say, lesson: Lesson, turned: tuple[str, ...], step: str) -> str:
    """Which lesson and screen this is."""
    at = {"place": turned.index(step) + 1, "of": len(turned), "lesson": lesson.number, "lessons": len(LESSONS)}
    return say("course.place", **at)


def presenter(say: Say) -> str:
    """Where the presenter's window is."""
    return f"{classroom.OPEN.base_path if classroom.OPEN else ''}/presenter?lang={say.language}"


def _by_keys(page: Page, turned: tuple[str, ...], sizes: tuple[str, ...]) -> None:
    """What is pressed by keys alone."""
    with st.container(key="lecture-keys"):
        if st.button("Home", key="lecture-first"):
            _step(turned[0])
        if st.button("End", key="lecture-last"):
            _step(turned[-1])
        for size in sizes:
            if st.button(size, key=f"lecture-size-{size}", disabled=size == st.session_state.get(SIZE, sizes[0])):
                st.session_state[SIZE] = size
                st.rerun()
        if st.button("L", key="lecture-language"):
            address.revise(lang=LANGUAGES[(LANGUAGES.index(page.say.language) + 1) % len(LANGUAGES)])
            st.rerun()


def lie_over(page: Page, lesson: Lesson, turned: tuple[str, ...], step: str) -> None:
    """What a key lays over the screen: the keys, the speaker's notes, and black; and what the presenter's window shows."""
    say = page.say
    keys = "".join(
        f"<tr><td><kbd>{html.escape(say(f'course.keys.of.{name}'))}</kbd></td><td>{html.escape(say(f'course.keys.{name}'))}</td></tr>"
        for name in KEYS
    )
    answers = teachers_notes(keys_of(page.warehouse, page.choices, lesson.slug), say)
    notes = "\n".join([unmarked(say(f"{lesson.section}.notes")), *answers])
    told = html.escape(json.dumps(_told(say, lesson, turned, step, notes)))
    written = html.escape(notes).replace("\n", "<br>")
    st.html(
        f'<div class="lecture-layer lecture-help"><table>{keys}</table></div>'
        f'<div class="lecture-layer lecture-notes">{written}</div><div class="lecture-layer lecture-black"></div>'
        f'<div class="lecture-told" data-told="{told}"></div>'
    )


def _told(say: Say, lesson: Lesson, turned: tuple[str, ...], step: str, notes: str) -> dict[str, str]:
    """What the presenter's window shows of this screen and of the next one, and where that window is."""
    following = [(lesson, one) for one in turned[turned.index(step) + 1 :]]
    following += [(LESSONS[lesson.number], "points")] if lesson.number < len(LESSONS) else []
    following_lesson, following_step = following[0] if following else (lesson, "")
    name = following_step.partition("-")[0]
    words = say.several(f"{following_lesson.section}.{name}") if name else []
    return {
        "language": say.language,
        "window": presenter(say),
        "number": str(lesson.number),
        "lesson": lesson.title(say),
        "place": where(say, lesson, turned, step),
        "notes": notes,
        "next": " · ".join(filter(None, (following_lesson.title(say), say.label("course.steps", name))))
        if name
        else "",
        "points": "\n".join(f"– {unmarked(word)}" for word in words),
    }


def _step(step: str) -> None:
    address.remember(step=step)
    st.rerun()
