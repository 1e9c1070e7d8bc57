"""What must hold before a build is published."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.duck import SQL
from warehouse.errors import BuildError
from warehouse.relations import Relation


def check(connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]) -> None:
    """Grain of every mart, then `sql/checks`; raises BuildError at the first that fails.

    Of per-snapshot marts only the snapshots made now: the others were checked when they were made.
    """
    for relation in relations:
        if relation.is_mart:
            _check_grain(connection, relation)
    for path in sorted((SQL / "checks").glob("*.sql")):
        _check_query(connection, path)


def _check_grain(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    columns = ", ".join(relation.grain)
    rows = relation.name
    if relation.is_per_snapshot:
        rows += " semi join wanted using (kind, coverage, snapshot_at)"
    repeated = connection.execute(
        f"select {columns}, count(*) as row_count from {rows} group by all having count(*) > 1 limit 1"
    ).fetchone()
    if repeated:
        raise _failed(f"{relation.name}: more than one row for {_row(relation.grain, repeated)}")
    missing = " or ".join(f"{column} is null" for column in relation.grain if column not in relation.nullable)
    found = connection.execute(f"select {columns} from {rows} where {missing} limit 1").fetchone() if missing else None
    if found:
        raise _failed(f"{relation.name}: a row without its key, {_row(relation.grain, found)}")


def _check_query(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    offending = connection.execute(text)
    columns = [column[0] for column in offending.description or ()]
    first = offending.fetchone()
    if first:
        must = text.splitlines()[0].removeprefix("--").strip()
        raise _failed(f"{path.stem} ({must.rstrip('.')}): {_row(columns, first)}")


def _row(columns: Sequence[str], values: Sequence[object]) -> str:
    return ", ".join(f"{column} = {value}" for column, value in zip(columns, values, strict=False))


def _failed(what: str) -> BuildError:
    return BuildError(
        f"The new build failed a check and was not published; the last one stays. {what}. "
        "Please report it, with the manifests of the lake."
    )
