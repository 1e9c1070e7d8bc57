"""Published scores of open-weight and closed models over time, and how far one side is behind the other."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

SIDES = ("open", "closed")


def scores(models: pd.DataFrame, lag: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A dot for each model, and a step line through the best score of each side so far.

    models: side, name, release_date, score, is_best. lag: one row or none: from_date, to_date, score, words; drawn as a
    line from the day the closed side first had the open side's best score to the day the open side had it.
    """
    labels = [say(f"lesson_synthesis.sides.{side}") for side in SIDES]
    worded = models.assign(label=[say(f"lesson_synthesis.sides.{side}") for side in models["side"]])
    base = alt.Chart(worded).encode(
        x=alt.X("release_date:T").title(say.column("release_date")),
        y=alt.Y("score:Q").title(say("lesson_side_by_side.figure.axis")).scale(zero=False).axis(tickCount=6),
        color=alt.Color("label:N", scale=theme.scale(SIDES, labels, theme.OPENNESS)).title(None),
        tooltip=[
            alt.Tooltip("name:N").title(say.column("name")),
            alt.Tooltip("label:N").title(say("lesson_synthesis.side")),
            alt.Tooltip("release_date:T", format="%Y-%m-%d").title(say.column("release_date")),
            alt.Tooltip("score:Q", format=".1f").title(say("lesson_side_by_side.figure.axis")),
        ],
    )
    between = alt.Chart(lag).encode(y="score:Q")
    return alt.layer(
        base.mark_point(opacity=0.45, size=50),
        base.transform_filter("datum.is_best").mark_line(interpolate="step-after"),
        base.transform_filter("datum.is_best").mark_point(size=90, filled=True, opacity=1),
        between.mark_rule(strokeDash=[5, 4], strokeWidth=2).encode(x="from_date:T", x2="to_date:T"),
        between.mark_text(align="right", baseline="top", dx=-4, dy=7).encode(x="to_date:T", text="words:N"),
        description=description,
    )
