"""The answer to a reader's own query: the rows, a chart of them, and what to take away."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import address
from dashboard.charts import answer
from dashboard.choices import Extra
from dashboard.export.answer_pack import Answer, pack
from dashboard.footnotes import plain
from dashboard.takeaway import MADE
from dashboard.view import Page

EXTRAS = (Extra("x"), Extra("y"), Extra("colour"), Extra("mark"))
"""What of the rows is drawn, and how."""


def show(page: Page, made: Answer) -> None:
    """Rows and chart in two tabs, then the files."""
    say = page.say
    rows, chart, query = st.tabs([say("ui.details.table"), say("sql.chart.tab"), say("ui.details.sql")])
    with rows:
        st.dataframe(made.rows, hide_index=True)  # under the names that the query gives its columns
    with chart:
        chosen = _chart(page, made)
    with query:
        st.code(made.query, language="sql")
    st.caption(plain(made.said(say)))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            say("ui.details.csv"),
            lambda: made.csv,
            "hubscope-query.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help=say("ui.details.csv_note"),
        )
        key = ("query", made.hash, made.query, made.build_id, say.language, page.mode, tuple(chosen.items()))
        now = datetime.now(UTC).replace(tzinfo=None)
        st.download_button(
            say("sql.chart.pack"),
            lambda: MADE.get(key, lambda: pack(made, say, chosen, mode=page.mode, now=now)),
            "hubscope-query.zip",
            "application/zip",
            on_click="ignore",
            icon=":material/folder_zip:",
            help=say("sql.chart.pack_help"),
        )


def _chart(page: Page, made: Answer) -> dict[str, str]:
    """The controls and the chart; what was chosen, empty where nothing is drawn."""
    say, rows = page.say, made.rows
    usual = {} if rows.columns.has_duplicates else answer.first_choice(rows)
    if not usual or rows.empty:
        st.caption(say("sql.chart.nothing"))
        return {}
    names = list(rows.columns)
    numbers = [name for name in names if answer.kind_of(rows[name]) == "quantitative"]
    offered = {"x": names, "y": numbers, "colour": ["", *names], "mark": list(answer.MARKS)}
    chosen = {}
    for (name, options), place in zip(offered.items(), st.columns(4), strict=True):
        stated = page.choices.extra(name)
        with place:
            chosen[name] = address.choose(
                st.selectbox,
                name,
                stated if stated in options else usual[name],
                options,
                say(f"sql.chart.{name}"),
                format_func=lambda option, name=name: _option(page, name, option),
            )
    if why := answer.refusal(rows, chosen["colour"]):
        st.warning(say(f"sql.chart.{why}", rows=say.number(answer.MOST_ROWS), colours=answer.MOST_COLOURS))
        return {}
    page.remember(**chosen)
    st.vega_lite_chart(made.spec(say, chosen, mode=page.mode), theme=None)
    return chosen


def _option(page: Page, name: str, option: str) -> str:
    if name == "mark":
        return page.say(f"sql.chart.marks.{option}")
    return option or page.say("sql.chart.none")
