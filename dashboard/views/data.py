"""What has been collected: snapshots, gaps, what is declared, the run log, reference tables, and collecting now."""

import os
import time
from functools import partial

import streamlit as st

from dashboard import figures
from dashboard.footnotes import show_table
from dashboard.page import Page, Tabs, ask, open_page, show, show_tab
from dashboard.refresh import Refresh, is_locked
from dashboard.say import Say

REFERENCE = ("licence_classes", "milestones", "hub_totals", "model_families")
RECENT_RUNS = 200
SHOWN_LINES = 6


def render() -> None:
    page = open_page("data", tabs=TABS)
    _collect(page)
    show_tab(page, TABS)


def _runs(page: Page) -> None:
    log = ask(page, "run_log").head(RECENT_RUNS)
    show_table(
        page.say,
        log.assign(
            listing=[page.say.label("data.listing", name) for name in log["listing"]],
            status=[page.say.label("data.status", status) for status in log["status"]],
        ),
    )


def _reference(page: Page) -> None:
    st.markdown(page.say("data.reference_lead"))
    for name in REFERENCE:
        with st.expander(page.say(f"data.reference.{name}")):
            show_table(page.say, ask(page, name))


def _collect(page: Page) -> None:
    """The button that collects now, why it cannot, and how far a run has come."""
    say, refresh, home = page.say, _refresh(), page.warehouse.home
    reason = _why_not(page, refresh)
    with st.container(horizontal=True, vertical_alignment="center"):
        clicked = st.button(say("data.refresh.button"), icon=":material/sync:", disabled=bool(reason), type="primary")
        st.caption(reason or say("data.refresh.what"))
    if clicked:
        refresh.start(home)
    if refresh.is_running or clicked:
        _follow(say, refresh)
        st.cache_data.clear()
        st.rerun()
    if refresh.exit_code is not None:
        ended = say("data.run_ended") if refresh.exit_code == 0 else say("data.run_failed", code=refresh.exit_code)
        with st.expander(ended, icon=":material/terminal:", expanded=refresh.exit_code != 0):
            st.code("\n".join(refresh.lines), language=None)


def _why_not(page: Page, refresh: Refresh) -> str:
    """Why nothing can be collected from here at the moment; empty when it can."""
    if refresh.is_running:
        return page.say("data.refresh.is_running")
    if page.warehouse.is_simulated:
        return page.say("data.refresh.is_simulated")
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        return page.say("data.refresh.is_offline")
    return page.say("data.refresh.is_locked") if is_locked(page.warehouse.home) else ""


def _follow(say: Say, refresh: Refresh) -> None:
    """Show the run's own lines until it ends."""
    with st.status(say("data.refresh.running"), expanded=True):
        place = st.empty()
        while refresh.is_running:
            place.code("\n".join(list(refresh.lines)[-SHOWN_LINES:]) or " ", language=None)
            time.sleep(0.5)


@st.cache_resource
def _refresh() -> Refresh:
    """The one that all readers of this server share."""
    return Refresh()


TABS: Tabs = {
    "snapshots": partial(show, figure=figures.data.SERIES),
    "coverage": partial(show, figure=figures.data.DECLARED),
    "runs": _runs,
    "reference": _reference,
}
