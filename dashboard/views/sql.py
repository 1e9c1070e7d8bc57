"""The reader's own SQL over the current build: read-only, bounded, and a link that carries query, build and chart.

A query is run when its reader says so. What a link brings waits for that, for whoever wrote the link is not who opens it;
our own examples are answered at once.

The editor (`sql_editor`) completes names of tables and columns, is reached and left by keyboard, and asks no other host.
"""

import time
import uuid

import pandas as pd
import streamlit as st

from dashboard import address
from dashboard.choices import LONGEST_QUERY, Extra
from dashboard.export.answer_pack import Answer
from dashboard.footnotes import plain, show_table
from dashboard.lessons import LESSONS
from dashboard.page import open_page
from dashboard.practice.keys import Key, keys_of
from dashboard.say import words
from dashboard.sentences import Sentence
from dashboard.sql_hints import Columns, hint
from dashboard.view import Page
from dashboard.views import sql_answer, sql_editor
from warehouse.errors import QueryError
from warehouse.marts.queries import examples
from warehouse.read import MOST_ROWS
from warehouse.sandbox.queue import ReadersQueue
from warehouse.sandbox.written import frame_of

SECONDS = 10
QUEUE = ReadersQueue()
BUILD = Extra("build")
"""In which a query of a link was run."""
_READER = "sql.reader"
_RUN = "sql.run"
_EXAMPLE = "sql.example"


def render() -> None:
    extras = (Extra("q", longest=LONGEST_QUERY), BUILD, *sql_answer.EXTRAS)
    page = open_page("sql", kinds=(), is_dated=False, extras=extras)
    typed = page.warehouse.query("table_columns")
    columns = _columns(page, typed)
    page, query = _editor(page, columns)
    asked = page.choices.extra(BUILD.name)
    if asked and asked != page.warehouse.build_id:
        st.warning(page.say("sql.other_build", asked=plain(asked), build=page.warehouse.build_id))
    if query in (st.session_state.get(_RUN), *examples().values()):
        _answer(page, query, columns)
    elif query.strip():
        st.info(page.say("sql.unrun"), icon=":material/play_arrow:")
    _tables(page, columns, typed)


def _editor(page: Page, columns: Columns) -> tuple[Page, str]:
    """The page with its query, and the query: the link's, or an example, or what the reader wrote."""
    say = page.say
    known = examples()
    tasks = {f"lesson.{lesson.slug}": lesson.title(say) for lesson in LESSONS}
    example = st.selectbox(
        say("sql.example"),
        [*known, *tasks],
        index=None,
        format_func=lambda name: say("sql.task", lesson=tasks[name]) if name in tasks else say(f"sql.examples.{name}"),
        placeholder=say("sql.example_placeholder"),
        key=_EXAMPLE,
        on_change=_take_example,
        args=(page,),
    )
    if example in tasks:
        _ask(page, example)
    query = page.choices.extra("q") or known.get(example or "") or next(iter(known.values()))
    is_run = sql_editor.write(page, query, columns)
    page = page.remember(q=query)
    if st.button(say("sql.run"), type="primary", icon=":material/play_arrow:") or is_run:
        st.session_state[_RUN] = query
        page = page.remember(build=page.warehouse.build_id)
    return page, query


def _take_example(page: Page) -> None:
    name = st.session_state[_EXAMPLE]
    if name in examples():
        address.revise(q=examples()[name])
    elif name and (task := _task(page, name)):
        address.revise(q=task.frame)


def _task(page: Page, name: str) -> Key | None:
    """The exercise of a lesson with SQL, where this home tells what is right."""
    asked = keys_of(page.warehouse, page.choices, name.removeprefix("lesson."))
    return next((one for one in asked if isinstance(one, Key) and one.exercise.part == "sql"), None)


def _ask(page: Page, name: str) -> None:
    task = _task(page, name)
    st.markdown(plain(page.say.write(task.question)) if task else page.say("sql.no_task"))


def _answer(page: Page, query: str, columns: Columns) -> None:
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
        _failed(page, hint(str(error), query, columns), str(error))
        return
    finally:
        waiting.empty()
    seconds = f"{time.perf_counter() - began:.2f}"
    key = "sql.cut" if len(rows) == MOST_ROWS else "sql.rows"
    st.caption(say(key, n=say.number(len(rows)), seconds=seconds, build=page.warehouse.build_id))
    sql_answer.show(page, Answer(query, rows, page.warehouse.build_id, page.warehouse.is_simulated))


def _failed(page: Page, meant: Sentence | None, words_of_engine: str) -> None:
    """What was probably meant, in the reader's language, and the engine's own words below it."""
    st.error(page.say("sql.failed"), icon=":material/error:")
    if meant:
        st.markdown(f":material/lightbulb: {plain(page.say.write(meant))}")
    st.code(words_of_engine, language=None, wrap_lines=True)


def _columns(page: Page, typed: pd.DataFrame) -> Columns:
    """The columns of every table that a reader may ask, tables that are described first."""
    held = {str(table): list(rows["column_name"]) for table, rows in typed.groupby("table_name")}
    first = [key.removeprefix("tables.") for key in words(page.say.language, "sql") if key.startswith("tables.")]
    return {table: held[table] for table in dict.fromkeys((*first, *held)) if table in held}


def _tables(page: Page, columns: Columns, typed: pd.DataFrame) -> None:
    """Every table a reader may ask, what a row of it is, and the columns of one."""
    say = page.say
    st.subheader(say("sql.tables_title"), anchor=False)
    listed = {table: say(f"sql.tables.{table}") for table in columns if say.knows(f"sql.tables.{table}")}
    which = st.selectbox(say("sql.columns_of"), list(listed), format_func=lambda table: f"{table} · {listed[table]}")
    show_table(say, typed[typed["table_name"] == which].drop(columns="table_name"), key="sql.columns")
    with st.expander(say("sql.all_tables")):
        show_table(say, pd.DataFrame(listed.items(), columns=["table_name", "grain"]), key="sql.tables")
