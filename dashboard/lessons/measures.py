"""Tables whose rows measure different things: each row has its own unit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.say import Number, Say

UNITS = ("share", "points", "days", "months", "factor", "usd", "parameters", "gb", "tokens", "tons", "year", "short")


def indicators(rows: pd.DataFrame, say: Say, group: str, headings: tuple[str, str, str]) -> pd.DataFrame:
    """A table of what is measured, what it means, and the measure.

    rows: indicator (a key: `<group>.<indicator>.name` and `.means` are its words), value, unit, and, where the value is
    a share, total (what it is a share of). headings: keys of the three columns' headings.
    """
    cells = [
        (
            say(f"{group}.{row['indicator']}.name"),
            say(f"{group}.{row['indicator']}.means"),
            with_total(say, row["value"], row["unit"], row.get("total")),
        )
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(cells, columns=[say(heading) for heading in headings])


def with_total(say: Say, value: Number, unit: str, total: Number) -> str:
    """A value in words; a share never travels without what it is a share of."""
    words = say.measured(value, unit)
    if unit != "share" or total is None or pd.isna(total) or pd.isna(value):
        return words
    return say("measures.of", share=words, total=say.number(total))


def filled(say: Say, row: Mapping[Any, Any]) -> dict[str, str]:
    """One row of numbers as words for placeholders; the end of a column's name says its unit (`_share`, `_days`, `_at` …)."""
    return {str(name): _by_name(say, str(name), value) for name, value in row.items()}


def _by_name(say: Say, name: str, value: Any) -> str:
    ending = name.rsplit("_", 1)[-1]
    if ending in ("at", "date"):
        return say.date(value)
    if ending == "month":
        return say.month(value)
    if isinstance(value, str):
        return value
    return say.measured(value, {"mtok": "usd", "count": "number"}.get(ending, ending if ending in UNITS else "number"))
