"""What draws each page, in the order of the navigation. Lessons stand behind the page of the course."""

from functools import partial

import streamlit as st

from dashboard import classroom
from dashboard.page import show_sheet
from dashboard.say import Say
from dashboard.sheets import SHEETS
from dashboard.views import (
    changes,
    claims,
    course,
    data,
    downloads,
    explore,
    growth,
    join,
    licences,
    lineage,
    open_closed,
    openness,
    overview,
    sql,
)

VIEWS = {
    "overview": overview.render,
    "growth": growth.render,
    "licences": licences.render,
    "downloads": downloads.render,
    "lineage": lineage.render,
    "openness": openness.render,
    "open_closed": open_closed.render,
    "changes": changes.render,
    "claims": claims.render,
    "course": course.render,
    "explore": explore.render,
    "sql": sql.render,
    "data": data.render,
}
"""Pages that do more than show their figures."""
PAGES = {sheet.key: VIEWS.get(sheet.key, partial(show_sheet, sheet.key)) for sheet in SHEETS}
"""Address to what draws the page."""


def pages(say: Say) -> list[st.Page]:
    """What `st.navigation` takes: the pages above, and those of the course, which the navigation does not show."""
    shown = [
        st.Page(
            PAGES[sheet.key],
            title=say(f"ui.pages.{sheet.key}"),
            icon=f":material/{sheet.icon}:",
            url_path=sheet.key,
            default=sheet is SHEETS[0],
        )
        for sheet in SHEETS
    ]
    return [*shown, *course.pages(say), _join(say)]


def _join(say: Say) -> st.Page:
    """In the navigation only where a room is let in."""
    is_open = classroom.OPEN is not None and classroom.OPEN.is_class
    return st.Page(
        join.render,
        title=say("ui.pages.join"),
        icon=":material/qr_code:",
        url_path="join",
        visibility="visible" if is_open else "hidden",
    )
