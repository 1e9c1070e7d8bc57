"""Under which licences the ecosystem stands, and what they permit."""

import pandas as pd
import streamlit as st

from dashboard import address, figures, theme
from dashboard.figures.facts import NothingToShow
from dashboard.footnotes import show_cells
from dashboard.page import open_sheet, read, show, show_tab, with_controls
from dashboard.sheets import WEIGHT, WITH_UNDECLARED
from dashboard.view import Page
from dashboard.views.filter_row import ANY, narrowed, options

EXAMPLES = 3


def render() -> None:
    page = open_sheet("licences")
    show_tab(page, now=_now, licences=_licences, by_task=_by_task, classes=_classes)


def _now(page: Page) -> None:
    show(with_controls(narrowed(page), WEIGHT, WITH_UNDECLARED), figures.licences.CLASSES)


def _licences(page: Page) -> None:
    show(with_controls(narrowed(page), WEIGHT, WITH_UNDECLARED), figures.licences.MIX)


def _by_task(page: Page) -> None:
    """One task over time: the one with most repositories until a reader chooses."""
    labels = options(page, "task")
    task = address.choose(
        st.selectbox,
        "task",
        page.choices.extra("task"),
        [ANY, *labels],
        page.say("ui.narrowed.task"),
        format_func=lambda one: labels.get(one, page.say("licences.largest_task")),
    )
    show(with_controls(page.remember(task=task), WEIGHT, WITH_UNDECLARED), figures.task_licences.BY_TASK)


def _classes(page: Page) -> None:
    """The classes from the freest to the unstated: what they permit, and which licences are stated most in each."""
    say = page.say
    try:
        ranking = read(page, figures.licences.MIX).frame
    except NothingToShow:
        ranking = pd.DataFrame({"licence_class": [], "licence_id": []})
    st.subheader(say("licences.classes_heading"), anchor=False)
    rows = []
    for name in theme.LICENCE_CLASSES:
        stated = ranking.loc[ranking["licence_class"] == name, "licence_id"]
        named = [say.label("licences.special", licence) for licence in stated[:EXAMPLES]]
        rows.append((say(f"licences.class.{name}"), say(f"licences.permits.{name}"), say.listing(named)))
    headings = [say.column("licence_class"), say.column("permits"), say("licences.examples")]
    show_cells(pd.DataFrame(rows, columns=headings))
    st.caption(say("licences.classes_caption"))
