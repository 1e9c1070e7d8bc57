"""What was probably meant by a query that failed: the error of the engine and the query in, a sentence out.

The engine speaks English, and to people who know SQL; its own words stand below the hint. A message that nothing here
knows gets no hint, which is better than a wrong one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from dashboard.sentences import Sentence

Columns = Mapping[str, Sequence[str]]
"""Those of each table."""
REPOSITORIES = "repositories"
KINDS = {
    "model": "model",
    "models": "model",
    "dataset": "dataset",
    "datasets": "dataset",
    "space": "space",
    "spaces": "space",
}
"""What students call the tables of each kind, which are one table."""
GAP = re.compile(r"^_{3,}$")
_FULL_WIDTH = "，。；：（）“”‘’＝＞＜　、"
_CLAUSES = ("select", "from", "where", "group", "having", "order", "limit")
_RESERVED = {
    *_CLAUSES,
    "by",
    "on",
    "as",
    "and",
    "or",
    "not",
    "case",
    "when",
    "then",
    "end",
    "join",
    "using",
    "union",
    "table",
    "desc",
    "asc",
}
_TEXT = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
_WORD = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|\S")


def hint(error: str, query: str, columns: Columns) -> Sentence | None:
    """What was probably meant; None where that cannot be told."""
    for pattern, told in _KNOWN:
        if found := re.search(pattern, error):
            return told(found.group(1) if found.re.groups else "", query, columns)
    return None


def _say(key: str, **values: str) -> Sentence:
    return Sentence(f"sql.hints.{key}", values)


def _no_table(name: str, query: str, columns: Columns) -> Sentence:
    if kind := KINDS.get(name.lower()):
        return _say("kind", name=name, table=REPOSITORIES, kind=kind)
    if GAP.match(name):
        return _say("gap")
    near = get_close_matches(name.lower(), list(columns), 1, 0.6)
    return _say("table", name=name, near=near[0]) if near else _say("no_table", name=name)


def _no_column(name: str, query: str, columns: Columns) -> Sentence:
    if GAP.match(name):
        return _say("gap")
    asked = [table for table in columns if re.search(rf"\b{table}\b", query)]
    known = list(dict.fromkeys(column for table in asked or columns for column in columns[table]))
    near = get_close_matches(name.lower(), known, 1, 0.75)
    if near:
        return _say("column", name=name, near=near[0])
    if f'"{name}"' in query:
        return _say("double_quotes", text=name)
    return _say("no_column", name=name, table=asked[0] if asked else REPOSITORIES)


def _syntax(near: str, query: str, columns: Columns) -> Sentence:
    bare = _TEXT.sub("''", query)
    for sign in _FULL_WIDTH:
        if sign in bare:
            return _say("full_width", sign=sign)
    words = [word.lower() for word in _WORD.findall(bare)]
    place = words.index(near.lower()) if near.lower() in words else 0
    if place == 0 and (meant := get_close_matches(near.lower(), ("select", "with", "from"), 1, 0.6)):
        return _say("start", word=near, near=meant[0])
    before = words[place - 1] if place else ""
    if any(GAP.match(word) for word in words):
        return _say("gap")
    if bare.count("(") > bare.count(")"):
        return _say("bracket")
    if before in _RESERVED - {"by", "on", "and", "or", "not"} and near.lower() in {*_RESERVED, ","}:
        return _say("reserved", word=before)
    order = [word for word in words if word in _CLAUSES]
    if near.lower() in _CLAUSES and [_CLAUSES.index(word) for word in order] != sorted(map(_CLAUSES.index, order)):
        return _say("order")
    return _say("syntax", word=near)


def _function(name: str, query: str, columns: Columns) -> Sentence:
    near = {"len": "length", "average": "avg", "mean": "avg", "total": "sum", "iif": "if"}.get(name.lower())
    return _say("function", name=name, near=near) if near else _say("no_function", name=name)


def _named(key: str, value: str = "name") -> Callable[[str, str, Columns], Sentence]:
    """A hint that needs no more than the name in the error, if it has one."""
    return lambda name, query, columns: _say(key, **({value: name} if name else {}))


_KNOWN: tuple[tuple[str, Callable[[str, str, Columns], Sentence]], ...] = (
    (r"Table with name \"?([^\s\"]+)\"? does not exist", _no_table),
    (r"Referenced column \"([^\"]+)\" not found", _no_column),
    (r"does not have a column named \"([^\"]+)\"", _no_column),
    (r"Referenced table \"([^\"]+)\" not found", _named("alias")),
    (r"column \"([^\"]+)\" must appear in the GROUP BY", _named("group_by")),
    (r"WHERE clause cannot contain aggregates", _named("having")),
    (r"Ambiguous reference to column name \"([^\"]+)\"", _named("ambiguous")),
    (r"Scalar Function with name (\S+) does not exist", _function),
    (r"No function matches the given name and argument types '([^']+)'", _named("types")),
    (r"Could not convert string '([^']*)' to", _named("number", "text")),
    (r"(?:date|time\w*) field value out of range", _named("date")),
    (r"More than one row returned by a subquery", _named("subquery")),
    (r"unterminated (?:string|quoted)", _named("unterminated")),
    (r"syntax error at (?:or near \"([^\"]+)\"|end of input)", _syntax),
    (r"Permission Error|disabled by configuration", _named("no_files")),
    (r"^One query at a time", _named("one_query")),
    (r"took longer than", _named("slow")),
    (r"Out of Memory|needed more than .* of memory", _named("memory")),
)
"""Patterns of the engine's messages, and what is said of each."""
