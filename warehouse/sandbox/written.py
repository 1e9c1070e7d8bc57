"""The rows of an answer as text: what DuckDB holds, exactly, or in its own words where a form has no place for it."""

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow

from warehouse.sandbox.spreadsheet import disarmed

if TYPE_CHECKING:
    import pandas as pd

Value = Any  # None, a truth, a number, a text or moment, a list, or a dictionary of these
NOTHING = '""'
ENDS = {2**31 - 1: "infinity", -(2**31) + 1: "-infinity", 2**63 - 1: "infinity", -(2**63) + 1: "-infinity"}
"""How DuckDB stores the days and moments that never come."""


def as_json(rows: pyarrow.Table) -> str:
    """A list of objects. Numbers are numbers where they stay what they are; unknown is null."""
    named = [dict(zip(rows.column_names, map(_for_json, row), strict=True)) for row in _values(rows)]
    return json.dumps(named, ensure_ascii=False, indent=1)


def as_csv(rows: pyarrow.Table) -> str:
    """A heading and the rows; text is disarmed for spreadsheets.

    Nothing between commas is unknown, `""` is a text without letters; lists and the like are JSON.
    """
    lines = [
        [disarmed(name) for name in rows.column_names],
        *([_text(value if isinstance(value, Moment) else disarmed(value)) for value in row] for row in _values(rows)),
    ]
    written = [",".join("" if text is None else _quoted(text) for text in line) for line in lines]
    return "".join(f"{line or NOTHING}\n" for line in written)  # readers pass over a line with nothing on it


def as_table(rows: pyarrow.Table) -> str:
    """For people: each column as wide as it must be, numbers to the right."""
    shown = [[_visible(_text(value) or "") for value in row] for row in _values(rows)]
    is_number = [_is_number(column.type) for column in rows.schema]
    widths = [max(map(_width, column)) for column in zip(rows.column_names, *shown, strict=True)]
    lines = []
    for line in [rows.column_names, *shown]:
        padded = [
            " " * (width - _width(text)) + text if to_the_right else text + " " * (width - _width(text))
            for text, width, to_the_right in zip(line, widths, is_number, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def frame_of(rows: pyarrow.Table) -> "pd.DataFrame":
    """The rows as pandas holds them best: decimals as numbers where these are the very same, else as text.

    So are numbers with one among them that is none, for pandas does not tell it from an unknown one, and moments, alone or in
    lists and the like, with one among them beyond the years that Python knows.
    """
    from pyarrow import compute  # as much time as all else that a query costs

    for position, column in enumerate(rows.schema):
        values = rows.column(position)
        if pyarrow.types.is_decimal(column.type):
            values = _as_numbers(values)
        elif pyarrow.types.is_floating(column.type) and compute.any(compute.is_nan(values)).as_py():
            values = values.cast(pyarrow.string())
        elif pyarrow.types.is_nested(column.type) or pyarrow.types.is_temporal(column.type):
            values = _as_python_holds(values)
        if values.type != column.type:
            rows = rows.set_column(position, column.with_type(values.type), values)
    return rows.to_pandas(date_as_object=False)


def _as_numbers(values: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    try:
        numbers = values.cast(pyarrow.int64() if values.type.scale == 0 else pyarrow.float64())
    except pyarrow.ArrowInvalid:  # beyond 64 bits
        return values.cast(pyarrow.string())
    is_wide = values.type.scale > 0 and values.type.precision > 15
    if is_wide and any(
        exact is not None and Decimal(repr(number)) != exact
        for exact, number in zip(values.to_pylist(), numbers.to_pylist(), strict=True)
    ):
        return values.cast(pyarrow.string())
    return numbers


def _as_python_holds(values: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    try:
        values.to_pylist()
    except (ValueError, OverflowError):
        return pyarrow.chunked_array([[_text(_plain(cell)) for cell in values]], pyarrow.string())
    return values


class Moment(str):
    """A moment in ISO form."""


def _values(rows: pyarrow.Table) -> Iterator[tuple[Value, ...]]:
    return zip(*([_plain(cell) for cell in column] for column in rows.columns), strict=True)


def _plain(cell: pyarrow.Scalar) -> Value:
    """A cell of Arrow as a value of Python that says the same; a moment becomes text, for Python knows years of four digits only."""
    kind = cell.type
    if not cell.is_valid:
        return None
    if pyarrow.types.is_map(kind):
        return {_text(_plain(pair["key"])) or "": _plain(pair["value"]) for pair in cell.values}
    if pyarrow.types.is_struct(kind):
        return {name: _plain(item) for name, item in cell.items()}
    if pyarrow.types.is_nested(kind):
        return [_plain(item) for item in cell.values]
    if pyarrow.types.is_date(kind) or pyarrow.types.is_timestamp(kind):
        return _moment(cell)
    if pyarrow.types.is_time(kind):
        return cell.as_py().isoformat()
    if pyarrow.types.is_float32(kind):
        return float(str(np.float32(cell.as_py())))  # its shortest digits, as DuckDB writes it
    return cell.as_py()


def _moment(cell: pyarrow.Scalar) -> str:
    """With as many digits behind the second as there are."""
    if cell.value in ENDS:
        return ENDS[cell.value]
    if pyarrow.types.is_date(cell.type):
        return _dated(str(np.datetime64(cell.value, "D")))
    day, _, clock = _dated(str(np.datetime64(cell.value, cell.type.unit))).partition("T")
    second, _, digits = clock.partition(".")
    digits = digits.rstrip("0")
    return Moment(f"{day} {second}{'.' + digits if digits else ''}{'+00:00' if cell.type.tz else ''}")


def _dated(text: str) -> str:
    """Four digits at least for a year before 1, as ISO has it."""
    return re.sub(r"^-(\d+)", lambda year: f"-{year[1]:0>4}", text)


def _for_json(value: Value) -> Value:
    match value:
        case dict():
            return {name: _for_json(item) for name, item in value.items()}
        case list():
            return [_for_json(item) for item in value]
        case Moment():
            return _iso(value)
        case float() if not math.isfinite(value):
            return str(value)
        case int() if not -(2**63) <= value < 2**64:
            return str(value)
        case Decimal():
            return _number(value)
        case _:
            return value


def _iso(moment: str) -> str:
    """With T and Z, and thousandths at least: what programs expect."""
    clock, _, digits = moment.removesuffix("+00:00").partition(".")
    return f"{clock.replace(' ', 'T')}.{digits:0<3}{'Z' if moment.endswith('+00:00') else ''}"


def _number(value: Decimal) -> int | float | str:
    """A number where JSON's readers get this very one, else text."""
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return int(value) if -(2**63) <= value < 2**64 else str(value)
    return float(value) if Decimal(repr(float(value))) == value else format(value, "f")


def _text(value: Value) -> str | None:
    match value:
        case None:
            return None
        case dict() | list():
            return json.dumps(_for_json(value), ensure_ascii=False)
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if not text or re.search('[",\r\n]', text) else text


def _visible(text: str) -> str:
    """On one line, and nothing in it that a terminal takes for an order."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _width(text: str) -> int:
    """In cells of a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _is_number(kind: pyarrow.DataType) -> bool:
    return bool(pyarrow.types.is_integer(kind) or pyarrow.types.is_floating(kind) or pyarrow.types.is_decimal(kind))
