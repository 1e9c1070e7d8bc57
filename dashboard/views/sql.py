"""The reader's own SQL over the current build: read-only, bounded, and a link that carries the query.

A query is run when its reader says so. What a link brings waits for that, for whoever wrote the link is not who opens it;
our own examples are answered at once.
"""

import time
import uuid

import pandas as pd
import streamlit as st

from dashboard import address
from dashboard.choices import Extra
from dashboard.footnotes import show_table
from dashboard.page import open_page
from dashboard.say import words
from dashboard.view import Page
from warehouse.errors import QueryError
from warehouse.marts.queries import examples
from warehouse.read import MOST_ROWS
from warehouse.sandbox.queue import ReadersQueue
from warehouse.sandbox.spreadsheet import csv_file
from warehouse.sandbox.written import frame_of

LONGEST_QUERY = 4_000  # what every browser and chat takes as a link
SECONDS = 10
QUEUE = ReadersQueue()
_READER = "sql.reader"
_RUN = "sql.run"


def render() -> None:
    page = open_page("sql", kinds=(), is_dated=False, extras=(Extra("q", longest=LONGEST_QUERY),))
    query = _editor(page)
    if query.strip() and query in (st.session_state.get(_RUN), *examples().values()):
        _answer(page, query)
    elif query.strip():
        st.info(page.say("sql.unrun"), icon=":material/play_arrow:")
    _tables(page)


def _editor(page: Page) -> str:
    """The query: the link's, or an example, or what the reader wrote."""
    say = page.say
    known = examples()
    example = st.selectbox(
        say("sql.example"),
        list(known),
        index=None,
        format_func=lambda name: say(f"sql.examples.{name}"),
        placeholder=say("sql.example_placeholder"),
        key="sql.example",
        on_change=_take_example,
    )
    start = page.choices.extra("q") or known[example or next(iter(known))]
    query = address.write(
        st.text_area, "q", start, say("sql.editor"), height=260, max_chars=LONGEST_QUERY, help=say("sql.editor_help")
    )
    page.remember(q=query)
    if st.button(say("sql.run"), type="primary", icon=":material/play_arrow:"):
        st.session_state[_RUN] = query
    return query


def _take_example() -> None:
    name = st.session_state["sql.example"]
    if name:
        address.revise(q=examples()[name])


def _answer(page: Page, query: str) -> None:
    """The rows, or in words why there are none."""
    say = page.say
    began = time.perf_counter()
    waiting = st.empty()
    try:
        request = page.warehouse.readers_request(query, limit=MOST_ROWS, timeout=SECONDS)
        reader = st.session_state.setdefault(_READER, uuid.uuid4().hex)
        with st.spinner(say("sql.running")):
            table = QUEUE.ask(request, reader, lambda place: waiting.info(say("sql.waiting", n=say.number(place))))
        rows = frame_of(table)
    except QueryError as error:
        st.error(say("sql.failed"), icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    finally:
        waiting.empty()
    seconds = f"{time.perf_counter() - began:.2f}"
    key = "sql.cut" if len(rows) == MOST_ROWS else "sql.rows"
    st.caption(say(key, n=say.number(len(rows)), seconds=seconds, build=page.warehouse.build_id))
    st.dataframe(rows, hide_index=True)  # under the names that the query gives its columns
    st.download_button(
        say("ui.details.csv"),
        lambda: csv_file(rows),
        "hubscope-query.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        help=say("ui.details.csv_note"),
    )


def _tables(page: Page) -> None:
    """Every table a reader may ask, what a row of it is, and the columns of one."""
    say = page.say
    st.subheader(say("sql.tables_title"), anchor=False)
    columns = page.warehouse.query("table_columns")
    known = set(columns["table_name"])
    described = {
        key.removeprefix("tables."): text
        for key, text in words(say.language, "sql").items()
        if key.startswith("tables.")
    }
    listed = {table: grain for table, grain in described.items() if table in known}
    which = st.selectbox(say("sql.columns_of"), list(listed), format_func=lambda table: f"{table} · {listed[table]}")
    show_table(say, columns[columns["table_name"] == which].drop(columns="table_name"), key="sql.columns")
    with st.expander(say("sql.all_tables")):
        show_table(say, pd.DataFrame(listed.items(), columns=["table_name", "grain"]), key="sql.tables")
