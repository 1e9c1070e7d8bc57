"""`$named` parameters of a query: which it wants, and how their values are written as SQL."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from warehouse.errors import QueryError

PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")


def named_parameters(name: str, text: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `given` that the query `name` speaks of; QueryError when one is not there."""
    wanted = set(PARAMETER.findall(text))
    if missing := sorted(wanted - given.keys()):
        raise QueryError(f"The query {name} needs {', '.join(missing)}.")
    return {parameter: given[parameter] for parameter in wanted}


def with_literals(text: str, parameters: Mapping[str, Any]) -> str:
    """The query with every parameter written in."""
    return PARAMETER.sub(lambda found: _literal(parameters[found[1]]), text)


def _literal(value: Any) -> str:
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
            return "[" + ", ".join(_literal(item) for item in value) + "]"
        case _:
            return "'" + str(value).replace("'", "''") + "'"
