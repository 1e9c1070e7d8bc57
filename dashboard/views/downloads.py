"""What is downloaded, what moved, and how concentrated it is."""

from typing import Any

import streamlit as st

from dashboard import figures
from dashboard.page import open_sheet, show, show_tab
from dashboard.view import Page
from dashboard.views.filter_row import narrowed


def render() -> None:
    show_tab(open_sheet("downloads"), top=_top, movers=_movers, concentration=_concentration)


def _top(page: Page) -> None:
    show(narrowed(page), figures.downloads.TOP)


def _movers(page: Page) -> None:
    show(narrowed(page), figures.downloads.MOVERS)


def _concentration(page: Page) -> None:
    facts = show(page, figures.downloads.CONCENTRATION)
    if facts is not None:
        _newest(page, facts.frame.iloc[-1].to_dict())


def _newest(page: Page, row: dict[str, Any]) -> None:
    """The newest figures of concentration in one row."""
    say = page.say
    gini, hhi, one, fifty = st.columns(4)
    gini.metric(say("downloads.figures.gini"), f"{row['gini']:.3f}", help=say("downloads.figures.gini_help"))
    hhi.metric(say("downloads.figures.hhi"), f"{row['hhi']:.4f}", help=say("downloads.figures.hhi_help"))
    one.metric(say("downloads.figures.top_1pct"), say.share(row["top_1pct_share"]))
    fifty.metric(say("downloads.figures.top_50"), say.share(row["top_50_share"]))
