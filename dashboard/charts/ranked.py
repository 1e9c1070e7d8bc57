"""The two shapes that many pages share: ranked bars with their numbers, and a table whose cells are shaded."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import count_axis, tip
from dashboard.say import Say
from dashboard.theme import Chart

ROOM_FOR_NUMBERS = 1.14  # numbers stand behind the bars, so the axis ends a little later than the longest one


def bars(
    frame: pd.DataFrame,
    say: Say,
    *,
    description: str,
    label: str,
    value: str,
    title: str,
    colour: alt.Color | alt.ColorValue,
    tooltip: Sequence[str] = (),
) -> Chart:
    """Horizontal bars from the top in the frame's own order, each with its number written behind it.

    frame: one row for each bar; `label` is unique text, `value` a number. `tooltip` names further columns to show.
    """
    numbered = frame.assign(number=[say.short(number) for number in frame[value]])
    base = alt.Chart(numbered).encode(
        y=alt.Y(f"{label}:N", sort=list(frame[label])).title(None),
        x=alt.X(f"{value}:Q")
        .title(title)
        .axis(count_axis(say, tickCount=6))
        .scale(domain=[0, _end(frame[value])], nice=False),
        tooltip=[tip(say, f"{name}:N") for name in (label, *tooltip)] + [tip(say, f"{value}:Q", title)],
    )
    return alt.layer(
        base.mark_bar().encode(color=colour),
        base.mark_text(align="left", dx=6).encode(text="number:N"),
        description=description,
    )


def stacked_bars(
    frame: pd.DataFrame, say: Say, *, description: str, label: str, value: str, part: str, title: str, scale: alt.Scale
) -> Chart:
    """Horizontal bars cut into parts, longest first, the whole written behind each.

    frame: one row for each label and part; `scale` gives the parts' order and colours.
    """
    totals = frame.groupby(label, sort=False)[value].sum().sort_values(ascending=False).reset_index()
    totals["number"] = [say.short(number) for number in totals[value]]
    order = list(totals[label])
    y = alt.Y(f"{label}:N", sort=order).title(None)
    x_scale = alt.Scale(domain=[0, _end(totals[value])], nice=False)
    pieces = (
        alt.Chart(frame)
        .transform_calculate(position=f"indexof({list(scale.domain)}, datum.{part})")
        .mark_bar()
        .encode(
            y=y,
            x=alt.X(f"{value}:Q", stack="zero", scale=x_scale).title(title).axis(count_axis(say, tickCount=6)),
            color=alt.Color(f"{part}:N", scale=scale).title(None),
            order=alt.Order("position:Q"),
            tooltip=[tip(say, f"{name}:N") for name in (label, part)] + [tip(say, f"{value}:Q", title)],
        )
    )
    wholes = (
        alt.Chart(totals)
        .mark_text(align="left", dx=6)
        .encode(y=y, x=alt.X(f"{value}:Q", scale=x_scale), text="number:N")
    )
    return alt.layer(pieces, wholes, description=description)


def shaded_table(
    frame: pd.DataFrame, say: Say, *, description: str, row: str, column: str, value: str, columns: Sequence[str]
) -> Chart:
    """Numbers in a grid, each shaded by its share of the largest of its own column.

    Columns may be different populations: the shade never compares across columns, and nothing is added up.
    frame: one row for each cell, rows in the frame's own order; a cell without a value stays blank.
    """
    shaded = frame.assign(
        number=[say.short(number) if pd.notna(number) else "" for number in frame[value]],
        shade=(frame[value] / frame.groupby(column)[value].transform("max")).fillna(0.0),
    )
    base = alt.Chart(shaded).encode(
        x=alt.X(f"{column}:N", sort=list(columns))
        .title(None)
        .axis(orient="top", labelAngle=0, ticks=False, domain=False),
        y=alt.Y(f"{row}:N", sort=list(dict.fromkeys(frame[row]))).title(None).axis(ticks=False, domain=False),
        tooltip=[
            tip(say, f"{row}:N"),
            tip(say, f"{column}:N"),
            tip(say, f"{value}:Q"),
        ],
    )
    cells = base.mark_rect(color=theme.PALETTE[0], stroke=None).encode(
        opacity=alt.Opacity("shade:Q").scale(domain=[0, 1], range=[0.06, 0.75]).legend(None)
    )
    return alt.layer(cells, base.mark_text().encode(text="number:N"), description=description)


def decades(values: pd.Series) -> list[float]:
    """The powers of ten that label a logarithmic axis over these values, from below the least to above the largest."""
    known = values[values > 0]
    return [10.0**power for power in range(math.floor(math.log10(known.min())), math.ceil(math.log10(known.max())) + 1)]


def _end(values: pd.Series) -> float:
    """Where the axis ends: behind the number of the longest bar."""
    longest = float(values.max()) if values.notna().any() else 0.0
    return (longest or 1.0) * ROOM_FOR_NUMBERS
