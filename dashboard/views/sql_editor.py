"""The editor of the SQL page: CodeMirror with the build's own names, in `editor/`, and a plain text area where that fails.

Its files come from this server, no other host is asked. The query stays in the view, as with every field of `address`.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import address
from dashboard.choices import LONGEST_QUERY
from dashboard.sql_hints import Columns
from dashboard.view import Page

HERE = Path(__file__).parent / "editor"
FOLDER = "editor"
"""Where the server offers the files of `HERE`, under its base path."""
_KEY = "sql.editor"
_mount = st.components.v2.component(
    "hubscope_sql_editor",
    js=(HERE / "editor.js").read_text(encoding="utf-8"),
    css=(HERE / "editor.css").read_text(encoding="utf-8"),
    isolate_styles=False,  # Streamlit's own keys, such as "r", know a field by its element
)


def write(page: Page, query: str, columns: Columns) -> bool:
    """Draw the editor holding `query`; what is written is remembered as `q`. Whether it was now run by key."""
    say = page.say
    base = st.get_option("server.baseUrlPath").strip("/")
    data = {
        "query": query,
        "number": _written().get("number", 0),
        "names": columns,
        "label": say("sql.editor"),
        "help": say("sql.editor_help"),
        "full": say("sql.full", n=say.number(LONGEST_QUERY)),
        "longest": LONGEST_QUERY,
        "address": "/".join(("", *filter(None, (base, FOLDER)), "codemirror.js")),
    }
    state = _mount(key=_KEY, data=data, on_written_change=_keep, on_run_change=_nothing)
    return bool(state.run)


def _written() -> dict[str, Any]:
    """What the browser sent last: `query`, and `number`, which counts what it sent."""
    return (st.session_state.get(_KEY) or {}).get("written") or {}


def _keep() -> None:
    address.revise(q=str(_written().get("query", ""))[:LONGEST_QUERY])


def _nothing() -> None:
    """A key that was pressed is told by the run that follows."""
