"""Under which licences the ecosystem stands, and what they permit."""

import pandas as pd
import streamlit as st

from dashboard import figures, theme
from dashboard.figures.facts import NothingToShow
from dashboard.footnotes import show_cells
from dashboard.page import open_sheet, read, show_tab
from dashboard.view import Page

EXAMPLES = 3


def render() -> None:
    show_tab(open_sheet("licences"), classes=_classes)


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
