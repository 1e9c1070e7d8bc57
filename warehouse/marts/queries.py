"""The text of a named query: where it stands, which `$named` parameters it wants, and which views on the lake it reads."""

import re
from collections.abc import Mapping
from typing import Any

from warehouse.duck import SQL, literal, sql_text
from warehouse.errors import QueryError
from warehouse.marts.reference import TABLES
from warehouse.relations import read_header

FOLDERS = ("queries", "practice")
"""Of `sql`: what the dashboard asks, and what is right in the exercises of the course."""
_GAP = re.compile(r"/\* gap \*/.*?/\* end \*/", re.DOTALL)
GAP = "____"
PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
SNAPSHOT = ("kind", "coverage", "snapshot_at")
"""What names a snapshot in the grain of a mart."""
LAKE_VIEWS = {"history": "metrics", "counter_changes": "metrics", "download_counters": "counters"}
"""Views straight on the lake's files, each before those that it reads, and the part of the lake that they are of."""


def query_text(name: str) -> str:
    """`<name>.sql` of one of FOLDERS, or else the query that gives the mart or reference table of that name as it is.

    QueryError when there is neither.
    """
    if re.fullmatch(r"[a-z0-9_]+", name):
        for folder in FOLDERS:
            if (SQL / folder / f"{name}.sql").exists():
                return sql_text(folder, name).strip()
        if name in TABLES:
            return f"select *\nfrom {name}\norder by rowid"  # the order of its file
        if (SQL / "marts" / f"{name}.sql").exists():
            return _rows_of_mart(name)
    raise QueryError(f"There is no query named {name!r}.")


def _rows_of_mart(name: str) -> str:
    """All of a mart, or of a mart of snapshots the rows of `$kind`, `$coverage` and `$snapshot_at`, in the order that it states."""
    _, stated = read_header(sql_text("marts", name))
    lines = ["select *", f"from {name}"]
    if stated["grain"].startswith(", ".join(SNAPSHOT)):
        lines.append("where " + " and ".join(f"{column} = ${column}" for column in SNAPSHOT))
    if "order" in stated:
        lines.append(f"order by {stated['order']}")
    return "\n".join(lines)


def named_parameters(name: str, text: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `given` that the query `name` speaks of; QueryError when one is not there."""
    wanted = set(PARAMETER.findall(text))
    if missing := sorted(wanted - given.keys()):
        raise QueryError(f"The query {name} needs {', '.join(missing)}.")
    return {parameter: given[parameter] for parameter in wanted}


def with_literals(text: str, parameters: Mapping[str, Any]) -> str:
    """The query with every parameter written in."""
    return PARAMETER.sub(lambda found: literal(parameters[found[1]]), text)


def with_gaps(text: str) -> str:
    """The query without its header and with blanks in place of what stands between `/* gap */` and `/* end */`."""
    lines = text.splitlines()
    while lines and lines[0].startswith("--"):
        lines.pop(0)
    return _GAP.sub(GAP, "\n".join(lines)).strip()


def lake_views(text: str) -> list[tuple[str, str]]:
    """The views on the lake that a query names and those that they read, with their SQL, each after those that it reads."""
    wanted = {}
    for view in LAKE_VIEWS:
        if re.search(rf"\b{view}\b", text, re.IGNORECASE):
            wanted[view] = sql_text("views", view)
            text += wanted[view]
    return list(reversed(wanted.items()))


def examples() -> dict[str, str]:
    """Queries that a reader may begin with: name (the file's in `sql/examples`, without its number) to text, in order."""
    return {path.stem[3:]: sql_text("examples", path.stem).strip() for path in sorted(SQL.glob("examples/*.sql"))}
