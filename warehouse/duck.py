"""DuckDB as all of the warehouse uses it: the texts of `sql/`, values written as SQL, and connections for writing, with a
memory limit, a folder to spill into and the macros of `sql/landing`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

SQL = Path(__file__).parent / "sql"
UNWRITTEN = (
    OSError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
"""What a full or failing disk raises: in Python, in DuckDB's files, its spilling, its log, and its checkpoint."""
MEMORY_LIMIT = "240MB"
"""With Python and DuckDB's own overhead a run of any length stays under 400 MB."""
PAGES_MEMORY_LIMIT = "600MB"
"""For reading pages: DuckDB sets 32 MB aside for each page that is open and uses a twentieth of it, so a tighter limit saves
nothing and keeps the second core idle."""

ARCHIVE_MEMORY_LIMIT = "2GB"
"""Three million rows come in one file, and are sorted out at once; with Python a run stays under 3 GB."""


def sql_text(folder: str, name: str) -> str:
    """The text of `sql/<folder>/<name>.sql`."""
    return (SQL / folder / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def landing_connection(spill: Path, memory_limit: str = MEMORY_LIMIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database in UTC that spills into the folder `spill`, which is made on demand."""
    spill.parent.mkdir(parents=True, exist_ok=True)  # DuckDB makes the last folder alone
    with duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": str(spill)}) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        connection.execute(sql_text("landing", "macros") + sql_text("landing", "archived"))
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert all rows at once; one statement for each takes a quarter of a millisecond."""
    if rows:
        columns = ", ".join(["unnest(?)"] * len(rows[0]))
        connection.execute(
            f"insert into {table} select {columns}", [list(values) for values in zip(*rows, strict=True)]
        )


def literal(value: Any) -> str:
    """A value written as SQL, where no parameter can stand: a path, text, a number, a moment, a day, a list of them, or null.

    Of a path this is for `copy … to` and `attach`; for what reads files there are `parquet` and `pattern`.
    """
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case datetime():
            return f"timestamp '{value:%Y-%m-%d %H:%M:%S}'"
        case date():
            return f"date '{value:%Y-%m-%d}'"
        case list() | tuple():
            return "[" + ", ".join(map(literal, value)) + "]"
        case Path():
            return literal(value.as_posix())
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def pattern(path: Path) -> str:
    """The pattern that this path alone fits: DuckDB's readers of files look for whatever a path fits."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path.as_posix())


def parquet(paths: Iterable[Path], *options: str) -> str:
    """These very files as a table of SQL. Folders named `x=y`, of ours or above the home, give it no columns."""
    files = ", ".join(literal(pattern(path)) for path in paths)
    return f"read_parquet({', '.join((f'[{files}]', 'hive_partitioning = false', *options))})"


def why(error: BaseException) -> str:
    """An error's first line; DuckDB wraps that of the operating system in JSON."""
    inner = re.search(r'\{"exception_type".*\}', str(error))
    return str(json.loads(inner[0])["exception_message"]) if inner else str(error).split("\n", 1)[0]
