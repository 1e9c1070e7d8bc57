"""Format data frames as text: headings, numbers and dates in the reader's language."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from dashboard.printable import printable
from dashboard.say import LANGUAGES, Say

NONE = "–"


def readable(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Every cell as text under the reader's headings, without what only repeats itself.

    Left out: columns in the other language, and columns that hold the same in every row, since the line under the
    table says them (kind, coverage, snapshot).
    """
    kept = [name for name in frame.columns if _is_said_here(str(name), say)]
    if len(frame) > 1:
        varied = [name for name in kept if _texts(frame[name]).nunique(dropna=False) > 1]
        kept = varied or kept
    cells = {say.column(str(name)): [printable(one) for one in _written(say, str(name), frame[name])] for name in kept}
    return pd.DataFrame(cells)


def _is_said_here(name: str, say: Say) -> bool:
    """A column that exists once for each language is shown in the reader's."""
    stem, _, language = name.rpartition("_")
    return not stem or language not in LANGUAGES or language == say.language


def _texts(values: pd.Series) -> pd.Series:
    return values.map(str) if values.dtype == object else values


def _written(say: Say, name: str, values: pd.Series) -> list[str]:
    write = _writer(say, name, values)
    return [NONE if _is_missing(value) else write(value) for value in values]


def _writer(say: Say, name: str, values: pd.Series) -> Callable[[Any], str]:
    if pd.api.types.is_bool_dtype(values):
        return lambda value: say(f"export.{'yes' if value else 'no'}")
    if pd.api.types.is_numeric_dtype(values):
        if name.endswith("share"):
            return say.share
        if name.endswith("year"):
            return lambda value: f"{value:.0f}"
        is_whole = bool((values.dropna() % 1 == 0).all())
        return say.number if is_whole else lambda value: say.number(value, _decimals(value))
    if pd.api.types.is_datetime64_any_dtype(values):
        return (
            say.month if name.endswith(("_month", "_quarter")) else say.date if name.endswith("_date") else say.moment
        )
    return lambda value: ", ".join(map(str, value)) if isinstance(value, list | np.ndarray) else str(value)


def _decimals(value: float) -> int:
    size = abs(value)
    return 0 if size >= 1_000 else 2 if size >= 1 else 4


def _is_missing(value: Any) -> bool:
    return value is None or (not isinstance(value, list | np.ndarray) and bool(pd.isna(value)))
