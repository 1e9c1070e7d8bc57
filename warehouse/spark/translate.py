"""DuckDB's SQL as Spark's. SQLGlot knows most of it; what it does not know is here, one rule for each.

The queries are the files of `sql/staging` and `sql/marts`. A rule is tried on every part of a query; parts it does not mean pass.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator
from sqlglot.optimizer.qualify import qualify
from sqlglot.parsers.duckdb import DuckDBParser

Columns = Mapping[str, Mapping[str, str]]
"""Relation → column → type, as DuckDB writes it."""
SUM_OF_LIST = sqlglot.parse_one("aggregate(list, 0L, (total, item) -> total + item)", read="spark")
SORTED_LIST = sqlglot.parse_one(
    "transform(array_sort(collect_list(struct(key as key, item as item))), pair -> pair.item)", read="spark"
)


class Read(DuckDB):
    """DuckDB's dialect as it is written here: `len` is of a list, `length` of a text, and a list's places count from 1.

    SQLGlot would take the first two for one, and count from 0 where it can.
    """

    INDEX_OFFSET = 0

    class Parser(DuckDBParser):
        """DuckDB's, where `len` is that of a list."""

        FUNCTIONS: ClassVar = {**DuckDBParser.FUNCTIONS, "LEN": exp.ArraySize.from_arg_list}


class Written(Spark):
    """Spark's, with `qualify`, which Spark knows by now; SQLGlot would put a subquery in its place, and miss names in it."""

    class Generator(SparkGenerator):
        """Spark's, without what rewrites a `select` that has a `qualify`."""

        TRANSFORMS: ClassVar = {kind: how for kind, how in SparkGenerator.TRANSFORMS.items() if kind is not exp.Select}


def to_spark(sql: str, columns: Columns, macros: Mapping[str, exp.Lambda]) -> str:
    """One query of DuckDB's as one of Spark's. It may read the relations of `columns`, and use `macros`.

    Raises sqlglot's ParseError, OptimizeError or UnsupportedError when it holds something that no rule knows.
    """
    tree = sqlglot.parse_one(sql, read=Read).transform(_written_out, macros)
    # Stars, `using` and names that a select list gives are spelled out: Spark knows them, but not wherever DuckDB does.
    tree = qualify(tree, schema=dict(columns), dialect=Read)
    for rule in RULES:
        tree = tree.transform(rule)
    return tree.sql(dialect=Written, unsupported_level=ErrorLevel.RAISE, comments=False)


def macro(parameters: list[str], definition: str) -> exp.Lambda:
    """A macro of DuckDB's, to be written out wherever it is called."""
    body = sqlglot.parse_one(definition, read=Read)
    return exp.Lambda(this=body, expressions=[exp.to_identifier(name) for name in parameters])


def type_of(duckdb_type: str) -> str:
    """What Spark calls a type."""
    return exp.DataType.build(duckdb_type, dialect="duckdb").sql(dialect="spark")


def _written_out(node: exp.Expr, macros: Mapping[str, exp.Lambda]) -> exp.Expr:
    if not isinstance(node, exp.Anonymous) or node.name.lower() not in macros:
        return node
    called = macros[node.name.lower()]
    names = [name.name for name in called.expressions]
    body = _with_columns(called.this, dict(zip(names, node.expressions, strict=True)))
    return exp.Paren(this=body.transform(_written_out, macros))


def _with_columns(body: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    return body.copy().transform(
        lambda part: given[part.name].copy() if isinstance(part, exp.Column) and part.name in given else part
    )


def _union_by_name(node: exp.Expr) -> exp.Expr:
    """`union all by name`: the right side's columns in the order of the left's."""
    if isinstance(node, exp.SetOperation) and node.args.get("by_name"):
        named = {column.alias_or_name: column for column in node.right.selects}
        node.right.set("expressions", [named[name] for name in node.left.named_selects])
        node.set("by_name", False)
    return node


def _materialized(node: exp.Expr) -> exp.Expr:
    """A hint to DuckDB's planner."""
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    return node


def _own_name(node: exp.Expr) -> exp.Expr:
    """A column named as itself. Spark 4.3's optimizer makes an invalid plan of some unions whose columns are all named anew."""
    is_column = isinstance(node, exp.Alias) and isinstance(node.this, exp.Column)
    return node.this if is_column and node.this.name == node.alias else node


def _half_join(node: exp.Expr) -> exp.Expr:
    """After a semi or an anti join, what was joined is not seen any more: not even in what `using` stands for."""
    if isinstance(node, exp.Select):
        hidden = {join.alias_or_name for join in node.args.get("joins") or () if join.kind in ("SEMI", "ANTI")}
        for either in list(node.find_all(exp.Coalesce)):
            sides = [either.this, *either.expressions]
            seen = [side for side in sides if not (isinstance(side, exp.Column) and side.table in hidden)]
            if len(seen) < len(sides):
                either.replace(exp.func("coalesce", *seen) if len(seen) > 1 else seen[0])
    return node


def _element(node: exp.Expr) -> exp.Expr:
    """`list[1]` beyond the end is null, where Spark's own brackets fail."""
    if isinstance(node, exp.Bracket):
        (place,) = node.expressions
        return exp.func(
            "try_element_at", node.this, place if isinstance(place, exp.Literal) else exp.cast(place, "int")
        )
    return node


def _list_functions(node: exp.Expr) -> exp.Expr:
    match node.name.lower() if isinstance(node, exp.Anonymous) else None:
        case "list_sum":
            return _with_columns(SUM_OF_LIST, {"list": node.expressions[0]})
        case "list_position":
            return exp.func("array_position", *node.expressions)
        case "list_has_all":
            held, wanted = node.expressions
            return exp.ArraySize(this=exp.func("array_except", wanted, held)).eq(0)
    return node


def _sorted_list(node: exp.Expr) -> exp.Expr:
    """`list(item order by key)`."""
    if isinstance(node, exp.ArrayAgg) and isinstance(node.this, exp.Order):
        key = node.this.expressions[0].this
        return _with_columns(SORTED_LIST, {"key": key, "item": node.this.this})
    return node


def _row_number(node: exp.Expr) -> exp.Expr:
    """A number for each row in no order: Spark's are unique, with gaps."""
    if (
        isinstance(node, exp.Window)
        and isinstance(node.this, exp.RowNumber)
        and not (node.args.get("partition_by") or node.args.get("order") or node.args.get("alias"))
    ):
        return exp.Paren(this=exp.func("monotonically_increasing_id") + 1)
    return node


def _seconds_between(node: exp.Expr) -> exp.Expr:
    """DuckDB counts the full seconds that were passed on the clock, Spark those that went by."""
    if isinstance(node, exp.DateDiff) and node.text("unit").upper() == "SECOND":
        for side in ("this", "expression"):
            node.set(side, exp.TimestampTrunc(this=node.args[side], unit=exp.var("SECOND")))
    return node


def _percentile(node: exp.Expr) -> exp.Expr:
    """`percentile_cont(p) within group (order by x)`, which SQLGlot would make an approximation."""
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        return exp.func("percentile", node.expression.expressions[0].this, node.this.this)
    return node


def _largest(node: exp.Expr) -> exp.Expr:
    """`max(x, n)`: the list of the n largest."""
    if isinstance(node, exp.Max) and (count := node.args.get("count")):
        return exp.Anonymous(this="max_by", expressions=[node.this, node.this.copy(), count])
    return node


RULES: tuple[Callable[[exp.Expr], exp.Expr], ...] = (
    _union_by_name,
    _materialized,
    _half_join,
    _own_name,
    _element,
    _list_functions,
    _sorted_list,
    _row_number,
    _seconds_between,
    _percentile,
    _largest,
)
