"""The line that a class guesses, before it sees the true one."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say
from dashboard.theme import Chart


def guessed(points: pd.DataFrame, say: Say, *, given: int) -> Chart:
    """points: point (text), value, from left to right; the first `given` are known and drawn full, the rest dashed."""
    points = points.assign(place=range(len(points)))
    base = alt.Chart(points).encode(
        x=alt.X("point:N", sort=list(points["point"])).title(None).axis(labelAngle=0),
        y=alt.Y("value:Q").title(None).axis(labelExpr=say.axis_numbers(), tickCount=5),
    )
    known, open_ = f"datum.place < {given}", f"datum.place >= {given - 1}"
    return alt.layer(
        base.transform_filter(open_).mark_line(color=theme.NEUTRAL, strokeDash=[6, 6]),
        base.transform_filter(known).mark_line(color=theme.BLUE),
        base.transform_filter(open_).mark_point(color=theme.NEUTRAL, size=90),
        base.transform_filter(known).mark_point(color=theme.BLUE, size=90),
        description=say("course.guess.line_title"),
        height=260,
    )
