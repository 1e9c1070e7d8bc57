"""Lines over time: each named at its end, all of them read at any moment, and one brought forward.

What the mouse does, the keyboard does too: two lists under the picture choose a moment and a line. They are seen while they
have the focus (`frame.css` of the pages and `style.css` of the exports).
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.say import Day, Say
from dashboard.theme import Chart

APART = 0.055
"""Of the picture's height: what the name of a line needs beside the next one."""
MOST_NAMED, LONGEST_NAME = 6, 22
"""Lines, and letters of a name, that stand at the ends of lines; more of them are read more easily in a legend."""
BEHIND = 0.18
"""Opacity of lines when another was brought forward."""


def read_anywhere(
    lines: alt.Chart,
    frame: pd.DataFrame,
    say: Say,
    *,
    x: str,
    y: str,
    label: str,
    written: Callable[[Any], str],
    dated: Callable[[Day], str],
    zero: bool = True,
    log: bool = False,
    is_stacked: bool = False,
) -> Chart:
    """Lines with names at their ends where these fit, else with their legend, and with all values at the nearest moment.

    lines: encodes `x` (time), `y` and colour by `label`. frame: its rows. written, dated: a value and a moment in words.
    zero, log: of the scale of `y`. is_stacked: whether they are areas on each other.
    """
    known = frame.dropna(subset=y)
    labels = list(dict.fromkeys(known[label]))
    ends = known.sort_values(x).groupby(label, sort=False).tail(1)
    is_named = not is_stacked and (len(labels) == 1 or _fit(ends, known, x, y, label, zero=zero, log=log))
    bind: Any = alt.Undefined if is_named else "legend"
    picked = alt.selection_point(name="picked", fields=[label], bind=bind)
    chosen = alt.param(
        name="chosen", value=None, bind=_list(say("ui.chart.line"), say("ui.chart.each"), labels, labels)
    )
    forward = alt.OpacityValue(
        BEHIND,
        condition={"test": {"and": [{"param": "picked"}, f"chosen == null || datum[{label!r}] == chosen"]}, "value": 1},
    )
    drawn = lines.encode(opacity=forward).add_params(chosen)
    table = known.drop_duplicates([x, label], keep="last").pivot(index=x, columns=label, values=y)[labels]
    moments = _moments(table, say, x=x, written=written, dated=dated)
    if not is_named:
        return alt.layer(drawn.add_params(picked).properties(name="lines"), *moments, description=lines.description)
    legends: dict[str, Any] = {
        name: channel.legend(None)
        for name in ("color", "strokeDash", "shape")
        if isinstance(channel := getattr(drawn.encoding, name, alt.Undefined), alt.Color | alt.StrokeDash | alt.Shape)
    }
    names = (
        alt.Chart(ends)
        .mark_text(align="left", dx=8, fontWeight=600)
        .encode(x=f"{x}:T", y=f"{y}:Q", text=f"{label}:N", opacity=forward)
        .add_params(picked)
        .properties(name="names")
    )
    return alt.layer(drawn.encode(**legends), names, *moments, description=lines.description)


def sum_of(lines: Chart, *over: alt.Chart, under: alt.Chart | None = None) -> Chart:
    """The lines with more on top, and something below. Within each other, Altair would bind what a reader points at to every layer."""
    for other in over:
        lines = lines + other
    if under is not None:
        lines.layer.insert(0, under)
    return lines


def _fit(ends: pd.DataFrame, known: pd.DataFrame, x: str, y: str, label: str, *, zero: bool, log: bool) -> bool:
    """Whether all lines go on to the end and their names have room there, each at its own height."""
    first, last = known[x].min(), known[x].max()
    if len(ends) > MOST_NAMED or ends[label].str.len().max() > LONGEST_NAME or first == last:
        return False
    if ((last - ends[x]) > (last - first) * 0.02).any() or (log and known[y].min() <= 0):
        return False
    measured = known[y].map(math.log10) if log else known[y].astype(float)
    low = min(0.0, measured.min()) if zero and not log else measured.min()
    places = (measured[ends.index] - low).sort_values() / ((measured.max() - low) or 1.0)
    return bool((places.diff().dropna() >= APART).all())


def _moments(
    table: pd.DataFrame, say: Say, *, x: str, written: Callable[[Any], str], dated: Callable[[Day], str]
) -> list[alt.Chart]:
    """A rule at each moment, seen under the mouse or when it is chosen: as a tooltip, and as words beside the rule.

    table: a row for each moment, a column for each line, in order.
    """
    labels = list(table.columns)
    values = table.map(lambda value: "–" if pd.isna(value) else written(value))
    values.columns = [f"value{place}" for place in range(len(labels))]
    rows = values.reset_index()
    rows["moment"] = [dated(moment) for moment in rows[x]]
    rows["words"] = [
        "\n".join(
            [row["moment"], *(f"{name}: {row[column]}" for name, column in zip(labels, values.columns, strict=True))]
        )
        for row in rows.to_dict("records")
    ]
    rows["is_late"] = rows[x] > rows[x].min() + (rows[x].max() - rows[x].min()) / 2
    hovered = alt.selection_point(
        name="hovered", on="pointerover", clear="pointerout", nearest=True, fields=[x], empty=False
    )
    chosen = alt.param(
        name="moment", value=None, bind=_list(say("ui.chart.moment"), "–", list(rows["moment"]), list(rows["moment"]))
    )
    is_chosen = "moment != null && datum.moment == moment"
    base = alt.Chart(rows).encode(x=f"{x}:T")
    rules = (
        base.mark_rule(strokeWidth=1.5)
        .encode(
            opacity=alt.OpacityValue(
                0, condition=[{"param": "hovered", "empty": False, "value": 0.7}, {"test": is_chosen, "value": 0.7}]
            ),
            tooltip=[
                alt.Tooltip("moment:N").title(say("ui.chart.moment")),
                *(alt.Tooltip(f"{column}:N").title(name) for name, column in zip(labels, values.columns, strict=True)),
            ],
        )
        .add_params(hovered)
        .properties(name="moments")
    )
    words = base.encode(y=alt.value(4), text="words:N")
    early = words.transform_filter(f"{is_chosen} && !datum.is_late").mark_text(
        align="left", baseline="top", dx=8, lineBreak="\n"
    )
    late = words.transform_filter(f"{is_chosen} && datum.is_late").mark_text(
        align="right", baseline="top", dx=-8, lineBreak="\n"
    )
    return [rules.add_params(chosen), early, late]


def _list(name: str, none: str, options: Sequence[str], labels: Sequence[str]) -> alt.BindRadioSelect:
    return alt.binding_select(options=[None, *options], labels=[none, *labels], name=f"{name} ")
