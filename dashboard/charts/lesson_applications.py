"""Tasks, and how many repositories of each kind serve them."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.ranked import decades
from dashboard.choices import KINDS
from dashboard.say import Say

ROOM = 1.8
"""The numbers of the outermost dots stand beyond them: the axis begins and ends so much further out."""
PLACES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -11},
    "above": {"dy": -13},
    "right": {"align": "left", "dx": 11},
}
"""Of a number at its dot."""


def served(frame: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A row for each task, a dot for each kind, on a logarithmic axis; the numbers stand around the dots.

    frame: kind, task (words), repository_count, downloads_30d (unknown for Spaces); tasks in order.
    """
    kinds = [kind for kind in KINDS if kind in set(frame["kind"])]
    labels = [say(f"ui.kinds_of.{kind}") for kind in kinds]
    worded = frame.assign(
        label=[say(f"ui.kinds_of.{kind}") for kind in frame["kind"]],
        number=[say.short(count) for count in frame["repository_count"]],
        downloads=[say.short(count) for count in frame["downloads_30d"]],
        side=_sides(frame),
    )
    counts = frame["repository_count"]
    base = alt.Chart(worded).encode(
        y=alt.Y("task:N", sort=list(dict.fromkeys(frame["task"]))).title(None).axis(grid=True),
        x=alt.X("repository_count:Q")
        .scale(type="log", domain=[counts.min() / ROOM, counts.max() * ROOM], nice=False)
        .title(say.column("repository_count"))
        .axis(labelExpr=say.axis_numbers(), grid=True, values=decades(counts)),
        tooltip=[
            alt.Tooltip("task:N").title(say.column("task_id")),
            alt.Tooltip("label:N").title(say.column("kind")),
            alt.Tooltip("repository_count:Q", format=",").title(say.column("repository_count")),
            alt.Tooltip("downloads:N").title(say.column("downloads_30d")),
        ],
    )
    return alt.layer(
        base.mark_point(filled=True, size=150, opacity=1).encode(
            color=alt.Color("label:N", scale=theme.scale(kinds, labels, theme.KINDS)).title(None)
        ),
        *[
            base.transform_filter(alt.datum.side == side).mark_text(**at).encode(text="number:N")
            for side, at in PLACES.items()
        ],
        description=description,
        height=alt.Step(38),
    )


def _sides(frame: pd.DataFrame) -> pd.Series:
    """Where each number stands: dots of a row may be close, so the least is named on its left, the most on its right."""
    rows = frame.groupby("task", sort=False)["repository_count"]
    place, last = rows.rank(method="first") - 1, rows.transform("size") - 1
    return pd.Series("above", frame.index).mask(place == last, "right").mask((place == 0) & (last > 0), "left")
