"""How fast the Hub grows, and what that can be read from."""

import streamlit as st

from dashboard import figures
from dashboard.charts.growth import lettered
from dashboard.figures.facts import Facts
from dashboard.footnotes import plain
from dashboard.page import open_sheet, show, show_tab
from dashboard.view import Page


def render() -> None:
    show_tab(open_sheet("growth"), cumulative=_cumulative)


def _cumulative(page: Page) -> None:
    facts = show(page, figures.growth.CUMULATIVE)
    if facts is not None:
        _milestones(page, facts)


def _milestones(page: Page, facts: Facts) -> None:
    """What the letters along the top stand for."""
    drawn = lettered(facts.beside["milestones"], facts.frame)
    with st.expander(page.say("growth.milestones"), icon=":material/flag:"):
        st.markdown(
            "\n".join(
                f"- **{row['letter']}** · {page.say.date(row['milestone_date'])} · "
                f"{plain(row[f'title_{page.say.language}'])} ([{plain(row['source_title'])}]({row['source_url']}))"
                for row in drawn.to_dict("records")
            )
        )
