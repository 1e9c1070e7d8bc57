"""The course as a whole: its lessons, what it refers to, and what to discuss."""

from collections.abc import Callable

import streamlit as st

from dashboard.choices import KINDS
from dashboard.footnotes import show_cells
from dashboard.lessons import LESSONS
from dashboard.lessons.sources import sources
from dashboard.page import open_page, open_sheet
from dashboard.say import Say
from dashboard.sheets import SHEET
from dashboard.takeaway import course_buttons
from dashboard.view import Page
from dashboard.views import changes, lecture
from dashboard.views.lesson import go, page_of
from dashboard.views.lesson_parts import show_references


def render() -> None:
    """Every lesson with its first point, and a way to it."""
    page = open_sheet("course")
    say = page.say
    st.caption(say("course.part"))
    with st.container(horizontal=True, gap="small"):
        if st.button(say("course.class_mode"), icon=":material/co_present:", type="primary"):
            go(LESSONS[0], page, **{lecture.CLASS.name: "1"})
        course_buttons(page)
    for first in range(0, len(LESSONS), 3):
        for lesson, column in zip(LESSONS[first : first + 3], st.columns(3), strict=False):
            with column, st.container(border=True, height="stretch"):
                st.page_link(page_of(lesson, say), label=f"**{lesson.title(say)}**", query_params=_view(page))
                st.markdown(say(f"{lesson.section}.points.1"))
    for view, key in ((references, "references"), (discussion, "discussion")):
        st.page_link(beside(view, key, say), query_params=_view(page))


def references() -> None:
    """Works, sources of data with their terms and dates, and how to cite a chart."""
    page = open_page("references", kinds=KINDS[:1])
    say = page.say
    show_references(page)
    st.subheader(say("course.sources.title"), anchor=False)
    show_cells(sources(page.warehouse, say, page.choices.as_of))
    st.subheader(say("course.cite.title"), anchor=False)
    st.markdown(say("course.cite.how"))


def discussion() -> None:
    """What changed since last class, and the questions of all lessons."""
    page = open_page("discussion", kinds=KINDS[:1])
    say = page.say
    st.markdown(say("course.discussion.lead"))
    st.subheader(say("course.discussion.changed"), anchor=False)
    changes.show_sentences(page)
    st.page_link(
        st.Page(
            changes.render,
            title=say("ui.pages.changes"),
            icon=f":material/{SHEET['changes'].icon}:",
            url_path="changes",
        ),
        query_params=_view(page),
    )
    st.subheader(say("course.questions"), anchor=False)
    for lesson in LESSONS:
        st.markdown(f"**{lesson.title(say)}**")
        st.markdown("\n".join(f"1. {question}" for question in say.several(f"{lesson.section}.questions")))


def pages(say: Say) -> list[st.Page]:
    """Those that the list of lessons leads to, and the navigation does not show."""
    lessons = [page_of(lesson, say) for lesson in LESSONS]
    return [*lessons, beside(references, "references", say), beside(discussion, "discussion", say)]


def beside(view: Callable[[], None], key: str, say: Say) -> st.Page:
    """A page that the list of lessons leads to."""
    return st.Page(view, title=say(f"ui.pages.{key}"), icon=":material/menu_book:", url_path=key, visibility="hidden")


def _view(page: Page) -> dict[str, str]:
    return {"lang": page.say.language, **page.choices.to_address()}
