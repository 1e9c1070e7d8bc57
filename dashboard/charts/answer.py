"""A chart of the rows that a reader's own query gave: what goes along, what is drawn, and by which colours."""

from typing import Any

import altair as alt
import pandas as pd
from pandas.api import types

from dashboard import theme
from dashboard.theme import Chart

MARKS = ("bar", "line", "dot", "area")
MOST_ROWS = 5_000
MOST_COLOURS = len(theme.PALETTE)
"""More of them nobody tells apart."""


def kind_of(values: pd.Series) -> str:
    """How a column is drawn: "temporal", "quantitative" or "nominal"."""
    if types.is_datetime64_any_dtype(values):
        return "temporal"
    return "quantitative" if types.is_numeric_dtype(values) and not types.is_bool_dtype(values) else "nominal"


def first_choice(rows: pd.DataFrame) -> dict[str, str]:
    """What a reader most likely wants: x, y, colour and mark; empty where there is no number to draw."""
    kinds = {str(name): kind_of(rows[name]) for name in rows.columns}
    numbers = [name for name, kind in kinds.items() if kind == "quantitative"]
    times = [name for name, kind in kinds.items() if kind == "temporal"]
    names = [name for name, kind in kinds.items() if kind == "nominal"]
    along = (times or names or numbers)[:1]
    drawn = [name for name in numbers if name not in along]
    if not along or not drawn:
        return {}
    few = [name for name in names if name not in along and _count(rows[name]) <= MOST_COLOURS]
    mark = {"temporal": "line", "nominal": "bar", "quantitative": "dot"}[kinds[along[0]]]
    return {"x": along[0], "y": drawn[0], "colour": few[0] if few else "", "mark": mark}


def refusal(rows: pd.DataFrame, colour: str) -> str | None:
    """Why rows are not drawn, as a key of `sql.chart`; None where they are."""
    if len(rows) > MOST_ROWS:
        return "too_many_rows"
    return "too_many_colours" if colour and _count(rows[colour]) > MOST_COLOURS else None


def drawn(rows: pd.DataFrame, x: str, y: str, colour: str, mark: str, description: str) -> Chart:
    """The chart, rows in their own order. Columns have plain names in it: a reader's may hold any sign."""
    columns = {"x": rows[x], "y": rows[y]} | ({"colour": rows[colour].astype(str)} if colour else {})
    frame = pd.DataFrame({name: _drawable(values) for name, values in columns.items()})
    kind = kind_of(frame["x"])
    shorthand = f"x:{kind[0].upper()}"
    if mark == "bar" and kind == "nominal":  # names are read along a line
        places: dict[str, Any] = {"y": alt.Y(shorthand, sort=None).title(x), "x": alt.X("y:Q").title(y)}
    else:
        places = {"x": alt.X(shorthand, sort=None).title(x), "y": alt.Y("y:Q").title(y)}
    tooltip = [alt.Tooltip(shorthand, title=x), alt.Tooltip("y:Q", title=y)]
    if colour:
        names = list(dict.fromkeys(frame["colour"]))
        places["color"] = alt.Color("colour:N", scale=theme.scale(names, names)).title(colour)
        tooltip.append(alt.Tooltip("colour:N", title=colour))
    else:
        places["color"] = alt.value(theme.PALETTE[0])
    chart = alt.Chart(frame, description=description)
    marked = {
        "bar": chart.mark_bar(),
        "line": chart.mark_line(point=True),
        "dot": chart.mark_point(filled=True),
        "area": chart.mark_area(),
    }[mark]
    return marked.encode(**places, tooltip=tooltip)


def _count(values: pd.Series) -> int:
    """How many different ones, by what is written of them: a list is one too."""
    return int(values.astype(str).nunique())


def _drawable(values: pd.Series) -> pd.Series:
    """Numbers and moments as they are, all else as text; what is infinite has no place."""
    if kind_of(values) == "quantitative":
        return values.astype(float).where(lambda number: number.abs() != float("inf"))
    return values.astype(str) if kind_of(values) == "nominal" else values
