"""What a lesson's page and its class mode both show: the lesson's own choice, its code, the works it refers to."""

import streamlit as st

from dashboard import address
from dashboard.figures.facts import Facts
from dashboard.footnotes import plain
from dashboard.lessons import Lesson
from dashboard.page import ask
from dashboard.view import Page


def choose(page: Page, lesson: Lesson, **look: str) -> Page:
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
        **look,
    )
    return page.remember(**{name: chosen})


def show_code(page: Page, lesson: Lesson, facts: Facts) -> None:
    """The worked examples of a lesson, to read and to copy; nothing where it has none."""
    for name in lesson.code:
        show_example(page, lesson, facts, name)


def show_example(page: Page, lesson: Lesson, facts: Facts, name: str) -> None:
    """One of the worked examples, under what it is."""
    st.markdown(f"**{page.say(f'{lesson.section}.code.{name}')}**")
    st.code(lesson.code[name](facts), language="python" if "python" in name else "bash")


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
