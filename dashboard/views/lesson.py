"""One lesson to read: its points, figure, table and questions; in class (`?class=1`) the lecture of it instead."""

from functools import partial

import streamlit as st

from dashboard import address
from dashboard.choices import KINDS
from dashboard.figures.facts import Facts
from dashboard.footnotes import plain
from dashboard.lessons import LESSONS, Lesson
from dashboard.page import ask, open_page, show
from dashboard.say import Say
from dashboard.takeaway import lesson_buttons
from dashboard.view import Page
from dashboard.views import lecture
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
    page = _choose(page, lesson)
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


def _choose(page: Page, lesson: Lesson) -> Page:
    """The lesson's own choice, such as the family of a case."""
    if lesson.options is None:
        return page
    labels = lesson.options(page.warehouse, page.choices)
    name = lesson.extras[0].name
    value = page.choices.extra(name)
    chosen = address.choose(
        st.selectbox,
        name,
        value,
        list(labels) if value in labels else [value, *labels],
        page.say(f"{lesson.section}.{name}.label"),
        format_func=lambda one: labels.get(one, one),
    )
    return page.remember(**{name: chosen})


def neighbours(lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after."""
    place = LESSONS.index(lesson)
    return (LESSONS[place - 1] if place else None, LESSONS[place + 1] if place + 1 < len(LESSONS) else None)


def show_code(page: Page, lesson: Lesson, facts: Facts) -> None:
    """The worked examples of a lesson, to read and to copy; nothing where it has none."""
    examples = lesson.code(facts) if lesson.code else {}
    for name, text in examples.items():
        st.markdown(f"**{page.say(f'{lesson.section}.code.{name}')}**")
        st.code(text, language="python" if "python" in name else "bash")


def show_references(page: Page, keys: tuple[str, ...] | None = None) -> None:
    """Works of the bibliography: those named, else all."""
    works = ask(page, "bibliography")
    if keys is not None:
        works = works[works["reference_id"].isin(keys)]
    st.markdown(
        "\n".join(
            f"- {plain(work['authors'])} ({work['publication_year']}). [{plain(work['title'])}]({work['source_url']}). "
            f"{plain(work['venue'])}."
            for work in works.to_dict("records")
        )
    )
