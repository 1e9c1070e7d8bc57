"""Footnotes under each picture: one line of provenance, then the table, the SQL and the CSV."""

import re
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.captions import caveats, provenance
from dashboard.choices import LONGEST_QUERY
from dashboard.export.exhibit import Exhibit
from dashboard.figures.facts import Facts, Figure, Table
from dashboard.published import EmbedLines
from dashboard.say import Say
from dashboard.takeaway import exhibit_buttons
from warehouse.sandbox.spreadsheet import csv_file

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")
_WORD_JOINER = "\u2060"


def plain(text: object) -> str:
    """Text from the data made inert for Markdown: it shows as it is written, whatever it holds.

    Backslashes stop every mark but one: a bare address becomes a link all the same, unless it is broken invisibly.
    """
    unlinked = str(text).replace("://", f":{_WORD_JOINER}//").replace("www.", f"www{_WORD_JOINER}.")
    return _MARKDOWN.sub(r"\\\1", unlinked)


def footnote(say: Say, figure: Figure | Table, facts: Facts) -> None:
    """The line under a picture or table: snapshot, coverage, n of N, source; then caveats."""
    st.caption(" · ".join(plain(part) for part in provenance(say, figure, facts)))
    for caveat in caveats(say, figure, facts):
        st.caption(f":material/info: {caveat}")


def details(say: Say, exhibit: Exhibit, mode: str, embed: EmbedLines | None) -> None:
    """The same numbers as a table (reached with the keyboard), as SQL to copy, as files to take away, and for other pages."""
    name, facts = exhibit.key.replace(".", "-"), exhibit.facts
    with st.expander(say("ui.details.label"), icon=":material/table_rows:"):
        table, sql, files = st.tabs([say("ui.details.table"), say("ui.details.sql"), say("export.take_away")])
        with table:
            show_table(say, facts.frame)
            st.download_button(
                say("ui.details.csv"),
                lambda: csv_file(facts.frame),
                f"hubscope-{name}.csv",
                "text/csv",
                key=f"csv-{name}",
                on_click="ignore",
                icon=":material/download:",
                help=say("ui.details.csv_note"),
            )
        with sql:
            st.code(facts.sql, language="sql")
            st.caption(say("ui.details.sql_how"))
            _open_sql(say, facts.sql, name)
        with files:
            exhibit_buttons(say, exhibit, mode)
            if embed:
                st.caption(say("export.embed.how"))
                st.code(embed.frame, language="html", wrap_lines=True)
                st.code(embed.picture, language="markdown", wrap_lines=True)


def _open_sql(say: Say, sql: str, name: str) -> None:
    """The way to the SQL page with this query; one that no link holds goes along as a file."""
    if len(sql) <= LONGEST_QUERY:
        address = f"sql?{urlencode({'lang': say.language, 'q': sql})}"
        st.link_button(say("ui.details.open_sql"), address, icon=":material/terminal:")
        return
    st.caption(say("ui.details.long_sql", n=say.number(LONGEST_QUERY)))
    file = f"hubscope-{name}.sql"
    st.download_button(say("ui.details.sql_file"), sql, file, "application/sql", key=f"sql-{name}", on_click="ignore")


def show_cells(laid: pd.DataFrame) -> None:
    """A small table for people, whose cells and headings are shown as they are, without row numbers."""
    st.table(laid.map(plain).rename(columns=plain).set_index(plain(laid.columns[0])))


def show_table(say: Say, frame: pd.DataFrame, *, key: str | None = None, **look: Any) -> None:
    """A frame with headings, numbers and dates written for people."""
    links = {name: _addresses(frame[name]) for name in frame.columns if str(name).endswith("_url")}
    st.dataframe(
        frame.assign(**links),
        hide_index=True,
        placeholder="–",
        key=key,
        column_config={str(name): _column(say, str(name), frame[name]) for name in frame.columns},
        **look,
    )


def _addresses(values: pd.Series) -> pd.Series:
    """Only what leads to a page is a link: an address may have been written by a stranger."""
    return values.where(values.astype("string").str.match(r"https?://").fillna(False))


def _column(say: Say, name: str, values: pd.Series) -> Any:
    heading = say.column(name)
    if pd.api.types.is_bool_dtype(values):
        return st.column_config.CheckboxColumn(heading)
    if pd.api.types.is_numeric_dtype(values):
        is_share = name.endswith("share")
        return st.column_config.NumberColumn(heading, format="percent" if is_share else "localized")
    if pd.api.types.is_datetime64_any_dtype(values):
        form = "YYYY-MM" if name.endswith("_month") else "YYYY-MM-DD" if name.endswith("_date") else "YYYY-MM-DD HH:mm"
        return st.column_config.DatetimeColumn(heading, format=form)
    if name.endswith("_url"):
        return st.column_config.LinkColumn(heading)
    return st.column_config.Column(heading)
