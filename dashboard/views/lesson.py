"""One lesson to read: its points, figure, table and questions; in class (`?class=1`) the lecture of it instead."""

from functools import partial

import streamlit as st

from dashboard import address
from dashboard.choices import KINDS
from dashboard.footnotes import plain
from dashboard.lessons import LESSONS, Lesson
from dashboard.page import open_page, show
from dashboard.say import Say
from dashboard.takeaway import lesson_buttons
from dashboard.view import Page
from dashboard.views import lecture
from dashboard.views.lesson_parts import choose, show_code, show_references
from dashboard.views.practice import HANDED_IN, show_practice


def page_of(lesson: Lesson, say: Say) -> st.Page:
    """Where the lesson is found; the list of lessons leads there, not the navigation."""
    return st.Page(
        partial(render, lesson),
        title=lesson.title(say),
        icon=":material/school:",
        url_path=lesson.section,
        visibility="hidden",
    )


def render(lesson: Lesson) -> None:
    if address.arrive().get(lecture.CLASS.name):
        lecture.render(lesson, go)
        return
    page = open_page(
        lesson.section,
        extras=(*lesson.extras, HANDED_IN),
        kinds=KINDS[:1],
        title=lesson.title(Say(address.language(address.arrive()))),
    )
    say = page.say
    _ways(page, lesson)
    page = choose(page, lesson)
    st.markdown("\n".join(f"- {point}" for point in say.several(f"{lesson.section}.points")))
    facts = show(page, lesson.figure)
    if facts is not None:
        st.markdown(f"**{say('course.see')}** {plain(lesson.see(facts, say))}")
    for shown in (lesson.table, *lesson.more):
        show(page, shown)
    if facts is not None:
        show_code(page, lesson, facts)
    show_practice(page, lesson)
    st.subheader(say("course.questions"), anchor=False)
    st.markdown("\n".join(f"1. {question}" for question in say.several(f"{lesson.section}.questions")))
    with st.expander(say("course.notes"), icon=":material/speaker_notes:"):
        st.markdown(say(f"{lesson.section}.notes"))
    st.subheader(say("course.references"), anchor=False)
    show_references(page, lesson.references)


def go(lesson: Lesson, page: Page, **changes: str) -> None:
    """Turn to a lesson, keeping what the reader chose; `changes` are put into the address."""
    view = {"lang": page.say.language, **page.choices.to_address(), HANDED_IN.name: "", **changes}
    st.switch_page(page_of(lesson, page.say), query_params={name: value for name, value in view.items() if value})


def _ways(page: Page, lesson: Lesson) -> None:
    """To the lessons before and after, into class mode, and away with the lesson."""
    say = page.say
    before, after = neighbours(lesson)
    with st.container(horizontal=True, gap="small"):
        for other, icon in ((before, ":material/arrow_back:"), (after, ":material/arrow_forward:")):
            if other and st.button(other.title(say), icon=icon, type="tertiary"):
                go(other, page)
        if st.button(say("course.class_mode"), icon=":material/co_present:", type="primary"):
            go(lesson, page, **{lecture.CLASS.name: "1"})
        lesson_buttons(page, lesson)


def neighbours(lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after."""
    place = LESSONS.index(lesson)
    return (LESSONS[place - 1] if place else None, LESSONS[place + 1] if place + 1 < len(LESSONS) else None)
