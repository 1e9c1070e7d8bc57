"""How open models are over time, counted in two ways."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

OPENNESS = {"open_source": theme.BLUE, "restricted": theme.CORAL, "other": theme.VIOLET, "unstated": theme.NEUTRAL}
MEASURES = ("repositories", "downloads_30d")


def shares(frame: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """One line for each kind of terms: full when repositories are counted, dashed when downloads are.

    frame: snapshot_at, segment, openness, measure, share (0-1).
    """
    kinds = [say(f"lesson_advantages.openness.{name}") for name in OPENNESS]
    measures = [say(f"ui.weight.{name}") for name in MEASURES]
    worded = frame.assign(
        terms=[say(f"lesson_advantages.openness.{name}") for name in frame["openness"]],
        counted=[say(f"ui.weight.{name}") for name in frame["measure"]],
    )
    base = alt.Chart(worded).encode(
        x=alt.X("snapshot_at:T").title(None),
        y=alt.Y("share:Q").title(say.column("share")).axis(format="%", grid=True, tickCount=5).scale(domain=[0, 1]),
        color=alt.Color("terms:N", scale=alt.Scale(domain=kinds, range=list(OPENNESS.values()))).title(None),
        tooltip=[
            alt.Tooltip("snapshot_at:T", format="%Y-%m-%d").title(say.column("snapshot_at")),
            alt.Tooltip("terms:N").title(say("lesson_advantages.figure.terms")),
            alt.Tooltip("counted:N").title(say("ui.weigh_by")),
            alt.Tooltip("share:Q", format=".1%").title(say.column("share")),
        ],
    )
    dash = (
        alt.StrokeDash("counted:N", scale=alt.Scale(domain=measures, range=[[1, 0], [7, 5]]))
        .title(None)
        .legend(symbolType="stroke", symbolStrokeWidth=3)
    )
    return alt.layer(
        base.mark_line().encode(strokeDash=dash, detail="segment:N"),
        base.mark_point(size=30, filled=True, opacity=0.8),
        description=description,
    )
