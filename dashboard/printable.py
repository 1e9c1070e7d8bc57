"""Text of the data as every page, file and terminal can hold it: what strangers wrote stays text."""

import math
import re
from typing import Any

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: object) -> str:
    """Text without control characters, line separators and direction marks.

    XML cannot hold some of them, a script ends at others, and some turn the reading direction round.
    """
    return _UNPRINTABLE.sub("\ufffd", str(text))


def cleaned(value: Any) -> Any:
    """A specification of printable text and finite numbers: one odd value would end the drawing of all charts around it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(name): cleaned(one) for name, one in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return [cleaned(one) for one in value] if isinstance(value, list | tuple) else value
