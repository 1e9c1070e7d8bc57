"""Answer one query and exit. Started as a script by `process.py`; it imports nothing of hubscope and holds no key.

In: one JSON object on standard input (`Request` in `process.py`). Out: the rows as an Arrow stream on standard output with
exit status 0, or one sentence on standard error with status REFUSED. Any other status says that the process died.
"""

import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

REFUSED = 3
"""Exit status of a query that failed in words."""
ROWS_IN_A_BATCH = 2048
"""DuckDB's own vector: the smallest step in which a wide answer can be measured."""
DUCKDB_MEMORY = 0.6
"""DuckDB's share of the memory: what its functions and Arrow allocate beside it is not in its accounting."""
THREADS = 2
NICE = 10
"""Of a query in the background: a tenth of the share of a page beside it. With less, a busy machine would never answer."""
ONE_QUERY = "One query at a time, and only one that reads: select, with, from, describe, summarize or show."
NESTED = {"list", "array", "struct", "map"}
CARRIED = {
    *("null", "boolean", "varchar", "enum", "uuid", "date", "time", "float", "double", "decimal"),
    *("tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint"),
    *("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone"),
}
"""Types that Arrow holds as DuckDB does."""


def main() -> None:
    """Answer the one request on standard input: Arrow on standard output, or a sentence on standard error."""
    request = json.load(sys.stdin.buffer)
    limit_process(request["memory_bytes"], request["seconds"], is_background=request["is_background"])
    try:
        answer(request)
    except Refused as error:
        refuse(str(error))
    except MemoryError:
        refuse(out_of_memory(request))


class Refused(Exception):
    """What the reader is told."""


def refuse(sentence: str) -> None:
    """End this process with the sentence that the reader will see."""
    sys.stderr.buffer.write(sentence.encode("utf-8", "replace"))
    sys.stderr.flush()
    os._exit(REFUSED)  # not through DuckDB's and Arrow's own ends, which may want memory that there is not


def limit_process(memory_bytes: int, seconds: float, *, is_background: bool) -> None:
    """Bind this process, before anything of the query is read: memory, processor time, no file ever written, its place in line.

    Where a system lacks one of these, DuckDB's own limit of memory and the parent's clock are left.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        limits = {
            resource.RLIMIT_DATA: memory_bytes,
            resource.RLIMIT_CPU: int(seconds * THREADS) + 2,  # for a parent that died; a living one counts real time
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
        }
        for kind, limit in limits.items():
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (limit, limit))
    if is_background:
        with suppress(AttributeError, OSError):
            os.nice(NICE)


def answer(request: dict[str, Any]) -> None:
    """Write the rows, once the last of them is known to fit: a refused answer is no half answer."""
    import pyarrow

    with opened(request) as connection:
        schema, batches = rows_of(connection, request)
    with pyarrow.ipc.new_stream(sys.stdout.buffer, schema) as out:
        for batch in batches:
            out.write_batch(batch)
    sys.stdout.flush()


@contextmanager
def opened(request: dict[str, Any]) -> Iterator[Any]:
    """A database that shows what the request may see, with every door shut."""
    import duckdb

    config: dict[str, Any] = {
        "memory_limit": f"{int(request['memory_bytes'] * DUCKDB_MEMORY)}B",
        "threads": 1 if request["is_background"] else THREADS,
        "python_enable_replacements": False,
        "temp_directory": "",
    }
    with duckdb.connect(config=config) as connection:
        prepare(connection, request)
        yield connection


def rows_of(connection: Any, request: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The answer's Arrow schema and batches. Refused, in words."""
    import duckdb
    import pyarrow

    try:
        # Not `sql`, which loses the place of an error; what `execute` copies once more is no more than the limits allow.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            asked = crossing(connection, reading(connection, request))
            reader = connection.execute(f"{asked} limit {request['most_rows']:d}").to_arrow_reader(ROWS_IN_A_BATCH)
        batches = bounded(reader, request["most_bytes"])
        return reader.schema, [without_place(batch, request) for batch in batches]
    except (duckdb.OutOfMemoryException, pyarrow.ArrowMemoryError):
        raise Refused(out_of_memory(request)) from None
    except (duckdb.Error, pyarrow.ArrowException, OSError, RuntimeError, ValueError, OverflowError) as error:
        raise Refused(f"The query failed. {as_typed(str(error)).replace(place(), '')}") from None


def bounded(reader: Any, most_bytes: int) -> list[Any]:
    """All batches of an answer; Refused once they are larger than `most_bytes`."""
    batches, size = [], 0
    for batch in reader:
        size += batch.nbytes
        if size > most_bytes:
            raise Refused(f"The answer is larger than {most_bytes / 1e6:,.0f} MB. Ask for fewer rows or columns.")
        batches.append(batch)
    return batches


def place() -> str:
    """The folder in which this process stands, as DuckDB puts it before the paths that we gave it."""
    return f"{Path.cwd()}{os.sep}"


def without_place(batch: Any, request: dict[str, Any]) -> Any:
    """The rows with the paths of our files as we gave them. DuckDB's functions about itself tell where in the machine they lie."""
    import pyarrow

    told = re.compile(re.escape(place().encode()))
    ours = "|".join(map(re.escape, [request["build"], *request["paths"]]))
    before_ours = re.compile(f"{re.escape(place())}(?={ours})")
    for position, column in enumerate(batch.columns):
        if any(told.search(buffer) for buffer in column.buffers() if buffer is not None):
            given = pyarrow.array(placeless(column.to_pylist(), before_ours), column.type)
            batch = batch.set_column(position, batch.schema.field(position), given)
    return batch


def placeless(value: Any, told: re.Pattern[str]) -> Any:
    """A value, whatever it is made of, without what `told` finds in its texts."""
    if isinstance(value, str):
        return told.sub("", value)
    if isinstance(value, dict):
        return {name: placeless(inner, told) for name, inner in value.items()}
    return type(value)(placeless(inner, told) for inner in value) if isinstance(value, list | tuple) else value


def prepare(connection: Any, request: dict[str, Any]) -> None:
    """Show the build, and the lake's files that the query's views need; then shut every door."""
    connection.execute(f"attach {literal(request['build'])} as build (read_only)")
    connection.execute("use build")
    connection.execute("set timezone = 'UTC'")
    granted = list(request["paths"])
    for variable, files in request["files"]:
        connection.execute(f"set variable {variable} = [{', '.join(map(literal, files))}]")
        granted += files
    for view, sql in request["views"]:
        connection.execute(f"create temp view {view} as {sql}")
    connection.execute(f"set allowed_paths = [{', '.join(map(literal, granted))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def reading(connection: Any, request: dict[str, Any]) -> str:
    """The query as a subquery, where DuckDB lets nothing write, wherever in the tree it stands."""
    import duckdb

    try:
        statements = connection.extract_statements(request["text"])
    except duckdb.Error as error:
        raise Refused(f"The query failed. {str(error).replace(place(), '')}") from None
    except Exception as error:  # a statement that the Python client has no name for
        raise Refused(ONE_QUERY) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise Refused(ONE_QUERY)
    return f"select * from (\n{without_end(statements[0].query)}\n)"


def crossing(connection: Any, asked: str) -> str:
    """The same, with text in place of what Arrow does not hold as DuckDB does: bits, intervals, whole numbers beyond its own."""
    described = connection.execute(f"{asked} limit 0").description
    texts = [name.replace('"', '""') for name, kind, *_ in described if not is_carried(kind)]
    replaced = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in texts)
    return asked.replace("*", f"* replace ({replaced})", 1) if texts else asked


def is_carried(kind: Any) -> bool:
    """Whether Arrow holds all values of a type of DuckDB."""
    if kind.id in NESTED:
        return all(is_carried(child) for _, child in kind.children if not isinstance(child, int))
    return kind.id in CARRIED


def without_end(statement: str) -> str:
    """The statement without the semicolons, and comments behind them, that end it."""
    import duckdb

    text = statement.encode()
    for offset, kind in reversed(duckdb.tokenize(statement)):
        if text[offset : offset + 1] == b";" and kind == duckdb.token_type.operator:
            text = text[:offset]
        elif kind != duckdb.token_type.comment:
            break
    return text.decode()


def as_typed(message: str) -> str:
    """The message about the reader's own lines: ours is the first."""
    return re.sub(r"(?m)^LINE (\d+):", lambda found: f"LINE {int(found[1]) - 1}:", message)


def out_of_memory(request: dict[str, Any]) -> str:
    """What the reader is told when the memory granted was not enough."""
    return f"The query needed more than {request['memory_bytes'] / 2**30:g} GB of memory. Ask for less at a time."


def literal(text: str) -> str:
    """SQL text; this file stands alone, so it has its own."""
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    main()
