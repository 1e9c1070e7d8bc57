"""What others have published about the ecosystem, beside what the reader's snapshot says under each definition."""

from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.figures import claims
from dashboard.figures.facts import Facts, Figure
from dashboard.footnotes import plain, show_cells
from dashboard.page import open_sheet, read_or_say_why, show, show_tab
from dashboard.sheets import SHEET, Tab
from dashboard.view import Page

LOOKS: dict[str, tuple[Literal["green", "orange", "red", "gray"], str]] = {
    "holds": ("green", ":material/check:"),
    "holds_otherwise": ("orange", ":material/rule:"),
    "differs": ("red", ":material/close:"),
    "needs_full": ("gray", ":material/database_off:"),
    "unknown": ("gray", ":material/help:"),
    "unlisted": ("gray", ":material/visibility_off:"),
}
"""Verdict to the colour and icon of its badge."""
COLUMNS = ("definition", "measured", "parts", "verdict")


def render() -> None:
    topics = {tab.name: partial(_topic, tab=tab) for tab in SHEET["claims"].tabs if claims.TABLE in tab.shown}
    show_tab(open_sheet("claims"), **topics)


def _topic(page: Page, tab: Tab) -> None:
    """The figure of a topic, and its part of the table as cards."""
    for figure in tab.shown:
        if isinstance(figure, Figure):
            show(page, figure)
    facts = read_or_say_why(page, claims.TABLE)
    if facts is None:
        return
    rows = claims.worded(facts, page.say)
    of_topic = facts.beside["claims"].query("topic == @tab.name")
    for claim in of_topic.to_dict("records"):
        with st.container(border=True, key=f"claim-{claim['claim_id']}"):
            _card(page, claim, rows[rows["claim_id"] == claim["claim_id"]], facts)


def _card(page: Page, claim: dict[str, Any], rows: pd.DataFrame, facts: Facts) -> None:
    """The sentence, who says it and when, what it comes to, each definition with its numbers, and why they differ."""
    say = page.say
    verdict = claims.verdict_of(rows, facts)
    colour, icon = LOOKS[verdict]
    st.markdown(f"**{plain(claim[f'sentence_{say.language}'])}**")
    words = say(f"claims.{'simulated' if facts.is_simulated else 'verdict'}.{verdict}")
    st.badge(words, icon=icon, color=colour)
    st.caption(f"[{plain(claim['source_title'])}]({claim['source_url']}) · {plain(claims.terms(claim, say))}")
    if verdict != "unlisted":
        shown = rows.assign(verdict=[say(f"claims.compared.{name}") for name in rows["verdict"]])[list(COLUMNS)]
        show_cells(shown.set_axis([say(f"claims.headings.{name}") for name in COLUMNS], axis=1))
    st.markdown(plain(say(f"claims.why.{claim['claim_id']}")))
