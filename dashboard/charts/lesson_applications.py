"""Tasks, and how many repositories of each kind serve them."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.choices import KINDS
from dashboard.say import Say


def served(frame: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A row for each task, a dot for each kind, on a logarithmic axis; the number stands above its dot.

    frame: kind, task (words), repository_count, downloads_30d (unknown for Spaces); tasks in order.
    """
    kinds = [kind for kind in KINDS if kind in set(frame["kind"])]
    labels = [say(f"ui.kinds_of.{kind}") for kind in kinds]
    worded = frame.assign(
        label=[say(f"ui.kinds_of.{kind}") for kind in frame["kind"]],
        number=[say.short(count) for count in frame["repository_count"]],
        downloads=[say.short(count) for count in frame["downloads_30d"]],
    )
    base = alt.Chart(worded).encode(
        y=alt.Y("task:N", sort=list(dict.fromkeys(frame["task"]))).title(None).axis(grid=True),
        x=alt.X("repository_count:Q")
        .scale(type="log", nice=True)
        .title(say.column("repository_count"))
        .axis(labelExpr=say.axis_numbers(), grid=False, tickCount=5),
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
        base.mark_text(dy=-13).encode(text="number:N"),
        description=description,
        height=alt.Step(38),
    )
