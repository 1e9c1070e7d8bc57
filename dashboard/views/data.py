"""What has been collected: snapshots, gaps, what is declared, the run log, reference tables, and collecting now."""

import os
import time
from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.footnotes import show_table
from dashboard.page import ask, open_sheet, show_tab
from dashboard.permission import give_key, is_operator
from dashboard.refresh import Refresh
from dashboard.say import LANGUAGES, Say
from dashboard.view import Page
from warehouse.settings import STALE_AFTER, is_locked

REFERENCE = (
    "licence_classes",
    "licence_rules",
    "milestones",
    "innovations",
    "hub_totals",
    "model_families",
    "openness_by_family",
    "openness_classes",
    "osi_verdicts",
    "transparency_index",
    "author_disputes",
    "impact_claims",
    "case_studies",
    "hardware",
    "attributions",
)
RECENT_RUNS = 200
SHOWN_LINES = 6
ENDED = {0: "published", 9: "side_failed"}  # exit codes of `hubscope collect`; all others published nothing


def render() -> None:
    page = open_sheet("data")
    refresh = _refresh()
    progress = _button(page, refresh)
    show_tab(page, runs=_runs, reference=_reference)
    if refresh.is_running:
        with progress:
            _follow(page.say, refresh)
        st.cache_data.clear()
        st.rerun()


def _runs(page: Page) -> None:
    log = ask(page, "run_log").head(RECENT_RUNS)
    show_table(
        page.say,
        log.assign(
            listing=[page.say.label("sources.listing", name) for name in log["listing"]],
            coverage=[page.say.label("data.coverage", name) for name in log["coverage"]],
            status=[page.say.label("data.status", status) for status in log["status"]],
        ),
    )


def _reference(page: Page) -> None:
    st.markdown(page.say("data.reference_lead"))
    for name in REFERENCE:
        with st.expander(page.say(f"data.reference.{name}")):
            show_table(page.say, _in_own_words(ask(page, name), page.say))


def _in_own_words(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """What is told in both languages, in the reader's only."""
    others = tuple(f"_{language}" for language in LANGUAGES if language != say.language)
    own = frame.drop(columns=[name for name in frame.columns if name.endswith(others)])
    return own.rename(columns=lambda name: name.removesuffix(f"_{say.language}"))


def _button(page: Page, refresh: Refresh) -> DeltaGenerator:
    """The button that collects now, or why it cannot; hands back the place for a run's progress."""
    say = page.say
    reason = _why_not(page, refresh)
    with st.container(horizontal=True, vertical_alignment="center"):
        clicked = st.button(say("data.refresh.button"), icon=":material/sync:", disabled=bool(reason), type="primary")
        st.caption(reason or say("data.refresh.what"))
        if not is_operator() and not page.warehouse.is_simulated and not page.warehouse.copied:
            _ask_key(say)
    if clicked and not reason:  # a browser may send a press of a button that is off
        refresh.start(page.warehouse.home)
        st.rerun()
    if refresh.exit_code is not None:
        ended = say(f"data.ended.{ENDED.get(refresh.exit_code, 'failed')}", code=refresh.exit_code)
        with st.expander(ended, icon=":material/terminal:", expanded=refresh.exit_code != 0):
            st.code("\n".join(refresh.lines), language=None, wrap_lines=True)
    return st.container()


def _ask_key(say: Say) -> None:
    with st.popover(say("data.refresh.key"), icon=":material/key:"), st.form("operator", border=False):
        tried = st.text_input(say("data.refresh.key_label"), type="password")
        if st.form_submit_button(say("data.refresh.key_give")) and give_key(tried):
            st.rerun()


def _why_not(page: Page, refresh: Refresh) -> str:
    """Why nothing can be collected from here at the moment; empty when it can."""
    if page.warehouse.copied:
        return page.say("data.refresh.is_copy", publisher=page.warehouse.copied.publisher)
    if page.warehouse.is_simulated:
        return page.say("data.refresh.is_simulated")
    if not is_operator():
        return page.say("data.refresh.is_reader")
    if refresh.is_running:
        return page.say("data.refresh.is_running")
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        return page.say("data.refresh.is_offline")
    age = datetime.now(UTC).replace(tzinfo=None) - page.warehouse.newest_snapshot_at
    if timedelta(0) <= age <= STALE_AFTER:
        return page.say("data.refresh.is_fresh", hours=page.say.number(int(STALE_AFTER / timedelta(hours=1))))
    return page.say("data.refresh.is_locked") if is_locked(page.warehouse.home) else ""


def _follow(say: Say, refresh: Refresh) -> None:
    """Show the run's own lines until it ends."""
    with st.status(say("data.refresh.running"), expanded=True):
        place = st.empty()
        while refresh.is_running:
            place.code("\n".join(list(refresh.lines)[-SHOWN_LINES:]) or " ", language=None, wrap_lines=True)
            time.sleep(0.5)


@st.cache_resource
def _refresh() -> Refresh:
    """The one that all readers of this server share."""
    return Refresh()
