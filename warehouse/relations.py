"""Parse the header of each .sql file, and sort the files by their inputs.

A file is one relation and bears its name. It opens with comments: what one row is, then

    -- grain: a, b (nullable)    columns that together name a row; checked to be unique and, unless nullable, not null
    -- per: snapshot             made once for every few snapshots and added to, instead of once for the whole history
    -- stored: no                a view
    -- order: a, b desc          how its rows are sorted for a reader
    -- fingerprint: a, b         of a file that lands a listing: what counts as a change of a row
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from warehouse.duck import SQL

HEADER = re.compile(r"(grain|per|stored|order|fingerprint): (.+)")


@dataclass(frozen=True)
class Relation:
    """One table or view of the build, as its file describes it."""

    name: str
    text: str
    description: str
    grain: tuple[str, ...]
    nullable: frozenset[str]
    """Columns of the grain that may be unknown."""
    is_per_snapshot: bool
    is_stored: bool
    is_mart: bool
    """Kept in the published file; else gone with the build."""
    inputs: frozenset[str] = field(compare=False)
    """Names of the relations it reads; those that no file defines come from the lake or the reference tables."""


@cache
def read_relations() -> tuple[Relation, ...]:
    """All relations of `sql/staging` and `sql/marts`, each after those that it reads."""
    paths = sorted([*(SQL / "staging").glob("*.sql"), *(SQL / "marts").glob("*.sql")])
    relations = {path.stem: read_relation(path) for path in paths}
    graph = {name: relation.inputs & relations.keys() for name, relation in relations.items()}
    return tuple(relations[name] for name in TopologicalSorter(graph).static_order())


def read_header(text: str) -> tuple[str, dict[str, str]]:
    """What the comments that open an .sql file say in words, and what they state by keyword."""
    comments = [
        line.removeprefix("--").strip() for line in takewhile(lambda line: line.startswith("--"), text.splitlines())
    ]
    words, stated = [], defaultdict(list)
    for line in comments:
        if keyword := HEADER.fullmatch(line):
            stated[keyword[1]].append(keyword[2])
        else:
            words.append(line)
    return " ".join(words), {name: ", ".join(values) for name, values in stated.items()}


def read_relation(path: Path) -> Relation:
    """Raises ValueError when the header is not whole or the SQL is not one query."""
    text = path.read_text(encoding="utf-8")
    description, stated = read_header(text)
    if not description or "grain" not in stated:
        raise ValueError(f"{path.name} does not say what a row is and what its grain is")
    columns = [column.strip() for column in stated["grain"].split(",")]
    return Relation(
        name=path.stem,
        text=text,
        description=description,
        grain=tuple(column.split()[0] for column in columns),
        nullable=frozenset(column.split()[0] for column in columns if column.endswith("(nullable)")),
        is_per_snapshot=stated.get("per") == "snapshot",
        is_stored=stated.get("stored") != "no",
        is_mart=path.parent.name == "marts",
        inputs=inputs_of(text),
    )


def inputs_of(sql: str) -> frozenset[str]:
    """The tables that a query names, its own common table expressions left out."""
    (text,) = duckdb.execute("select json_serialize_sql($1)", [sql]).fetchone() or ("",)
    tree = json.loads(text)
    if tree["error"]:
        raise ValueError(f"not one query: {tree['error_message']}")
    tables: set[str] = set()
    expressions: set[str] = set()
    _walk(tree["statements"], tables, expressions)
    return frozenset(tables - expressions)


def _walk(node: Any, tables: set[str], expressions: set[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _walk(child, tables, expressions)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            tables.add(node["qualified_name"]["path"][-1])
        expressions.update(entry["key"] for entry in node.get("cte_map", {}).get("map", ()))
        for child in node.values():
            _walk(child, tables, expressions)
