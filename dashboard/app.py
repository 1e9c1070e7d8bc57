"""Navigation only. `streamlit run` executes this file; everything a page does stands in `views`."""

from pathlib import Path

import streamlit as st

from dashboard import address
from dashboard.say import Say
from dashboard.views import (
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

ICON = Path(__file__).parent / "icon.svg"  # a symbol by name would be fetched from a foreign host
# A projector has 1280 by 720 points: the picture gets them, not the margins.
ROOM = """
.stMainBlockContainer { padding: 2rem 3.2rem 3rem; }
.stAppHeader { background: transparent; }
[data-testid="stPageLink"] p { white-space: normal; }
"""
PAGES = {
    "overview": (overview.render, ":material/travel_explore:"),
    "growth": (growth.render, ":material/trending_up:"),
    "licences": (licences.render, ":material/license:"),
    "tasks": (tasks.render, ":material/category:"),
    "downloads": (downloads.render, ":material/download:"),
    "lineage": (lineage.render, ":material/account_tree:"),
    "open_closed": (open_closed.render, ":material/compare_arrows:"),
    "course": (course.index, ":material/school:"),
    "explore": (explore.render, ":material/search:"),
    "sql": (sql.render, ":material/terminal:"),
    "data": (data.render, ":material/database:"),
}

st.set_page_config(page_title="hubscope", page_icon=str(ICON), layout="wide")
st.html(f"<style>{ROOM}</style>")
say = Say(address.language(address.arrive()))
st.navigation(
    [
        st.Page(render, title=say(f"ui.pages.{key}"), icon=icon, url_path=key, default=key == "overview")
        for key, (render, icon) in PAGES.items()
    ]
    + course.pages(say)
).run()
