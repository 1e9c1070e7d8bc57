"""Since last class: what changed between the chosen snapshot and an earlier one."""

import pandas as pd
import streamlit as st

from dashboard import address
from dashboard.captions import nothing
from dashboard.choices import Choices, read_pin, write_pin
from dashboard.figures.changes import SINCE, since, two_snapshots
from dashboard.figures.changes_sentences import sentences
from dashboard.figures.facts import NothingToShow
from dashboard.footnotes import plain
from dashboard.page import ask, open_sheet, show_tab, with_controls
from dashboard.sentences import Sentence
from dashboard.sheets import WEIGHT
from dashboard.view import Page
from warehouse.read import Warehouse

FIRST = 3
"""Sentences above the first picture, which is to be seen at once; the others unfold."""


def render() -> None:
    page = open_sheet("changes")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        page = with_controls(_choose_since(page), WEIGHT)
    if show_sentences(page):
        show_tab(page)


def show_sentences(page: Page) -> bool:
    """What changed, in sentences; in their place the reason when there are no two snapshots to compare, and False."""
    try:
        said = _sentences(page.warehouse.build_id, page.choices, page.warehouse)
    except NothingToShow as missing:
        st.info(nothing(page.say, missing), icon=":material/info:")
        return False
    lines = [f"- {plain(page.say.write(sentence))}" for sentence in said]
    st.markdown("\n".join(lines[:FIRST]))
    if len(lines) > FIRST:
        with st.expander(page.say("changes.more", n=len(lines) - FIRST)):
            st.markdown("\n".join(lines[FIRST:]))
    return True


def _choose_since(page: Page) -> Page:
    """The snapshots before the one that is shown; unless one is chosen, that of a week or more before."""
    say = page.say
    try:
        usual = two_snapshots(page.warehouse, since(page.choices, ""))[0]
    except NothingToShow:
        return page
    now = page.warehouse.snapshot(page.choices.kind, page.choices.coverage, page.choices.as_of)
    listed = ask(page, "snapshot_list")
    of_series = (listed["kind"] == usual.kind) & (listed["coverage"] == usual.coverage)
    earlier = listed[of_series & (listed["snapshot_at"] < pd.Timestamp(now.snapshot_at if now else usual.snapshot_at))]
    pins = ["", *(write_pin(moment) for moment in earlier["snapshot_at"])]
    held = page.choices.extra(SINCE)
    moment = read_pin(held)
    if moment is not None and held not in pins and now is not None and moment < now.snapshot_at:
        pins.append(held)  # between two snapshots, or before the first: kept as it was written
    chosen = address.choose(
        st.selectbox,
        SINCE,
        held,
        pins,
        say("changes.since.label"),
        format_func=lambda pin: (
            say.moment(read_pin(pin)) if pin else say("changes.since.default", date=say.moment(usual.snapshot_at))
        ),
        help=say("changes.since.help"),
        width=320,
    )
    return page.remember(**{SINCE: chosen})


@st.cache_data(max_entries=100, show_spinner=False)
def _sentences(build_id: str, choices: Choices, _warehouse: Warehouse) -> list[Sentence]:
    return sentences(_warehouse, choices)
