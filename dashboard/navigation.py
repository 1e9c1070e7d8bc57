"""Every page in one visible table, in the order of the navigation. Lessons stand behind the page of the course."""

import streamlit as st

from dashboard.say import Say
from dashboard.views import (
    changes,
    claims,
    course,
    data,
    downloads,
    explore,
    growth,
    licences,
    lineage,
    open_closed,
    overview,
    sql,
    tasks,
)

PAGES = {
    "overview": (overview.render, ":material/travel_explore:"),
    "growth": (growth.render, ":material/trending_up:"),
    "licences": (licences.render, ":material/license:"),
    "tasks": (tasks.render, ":material/category:"),
    "downloads": (downloads.render, ":material/download:"),
    "lineage": (lineage.render, ":material/account_tree:"),
    "open_closed": (open_closed.render, ":material/compare_arrows:"),
    "changes": (changes.render, ":material/history:"),
    "claims": (claims.render, ":material/fact_check:"),
    "course": (course.render, ":material/school:"),
    "explore": (explore.render, ":material/search:"),
    "sql": (sql.render, ":material/terminal:"),
    "data": (data.render, ":material/database:"),
}
"""Key (its address, and `ui.pages.<key>`) to view and icon."""


def pages(say: Say) -> list[st.Page]:
    """What `st.navigation` takes: the pages above, and those of the course, which the navigation does not show."""
    shown = [
        st.Page(render, title=say(f"ui.pages.{key}"), icon=icon, url_path=key, default=key == "overview")
        for key, (render, icon) in PAGES.items()
    ]
    return shown + course.pages(say)
