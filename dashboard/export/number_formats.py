"""How spreadsheets and charts of slides write numbers and dates, so that both are read as in the picture.

A format has at most two conditions, and divides by thousands only. Where a unit is no power of a thousand (万), its point is
a sign among the digits: `0\\.0,"万"` writes 123,456 as 12.3万.
"""

import math
import re
from collections.abc import Sequence

GENERAL = "General"
WHOLE = "#,##0"
Units = Sequence[tuple[float, str]]
"""Size and name of each, the largest first."""
_TIMES = {"%Y": "yyyy", "%b": "mmm", "%m": "mm", "%-m": "m", "%d": "dd", "%-d": "d", "%H": "hh", "%M": "mm"}
_WRITTEN = re.compile(r"(?P<whole>[\d,]+)(?:\.(?P<part>\d+))?(?P<unit>.*)", re.DOTALL)


def of_axis(units: Units, largest: float, step: float) -> str:
    """Of an axis that ends at `largest` with a number at each `step`: in the two units that it reaches."""
    held = [(size, name) for size, name in units if largest >= size][:2]
    parts = [f"[>={size:.0f}]{_in_unit(size, name, 0 if step % size == 0 else 1)}" for size, name in held]
    return ";".join([*parts, WHOLE if step >= 1 else GENERAL])


def of_written(text: str, value: float, units: Units) -> str | None:
    """The format that writes `value` as `text`; None where there is none."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    places, unit = len(written["part"] or ""), written["unit"]
    size = {"": 1.0, "%": 0.01, **{name: size for size, name in units}}.get(unit)
    read = float(written["whole"].replace(",", "") + "." + (written["part"] or "0"))
    if size is None or abs(read * size - value) > 0.501 * size / 10**places:
        return None
    if unit in ("", "%"):
        return (WHOLE if unit == "" else "0") + ("." + "0" * places if places else "") + unit
    spare = round(math.log10(size)) % 3
    return _in_unit(size, unit, places) if spare in (0, places) else None


def of_times(pattern: str) -> str:
    """Of dates and times written by a pattern such as "%b %Y"; names of months are English in every program."""
    pieces = re.findall(r"%-?[A-Za-z]|[^%]+", pattern)
    return "[$-409]" + "".join(_TIMES.get(piece) or f'"{piece}"' for piece in pieces)


def _in_unit(size: float, name: str, places: int) -> str:
    thousands, spare = divmod(round(math.log10(size)), 3)
    part = "\\." + "0" * spare if spare else "." + "0" * places if places else ""
    return f'0{part}{"," * thousands}"{name}"'
