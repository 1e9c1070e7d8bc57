"""When OpenAI's models came and went, family by family."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

STATES = {"listed": theme.BLUE, "announced": theme.AMBER, "removed": theme.NEUTRAL}


def generations(frame: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A row for each family, a dot where a model was created, a line on to its removal.

    frame: model_id, family (in order), state, created_at, removed_at (unknown while it is listed).
    """
    states = [name for name in STATES if name in set(frame["state"])]
    labels = [say(f"open_closed.state.{name}") for name in states]
    worded = frame.assign(label=[say(f"open_closed.state.{name}") for name in frame["state"]])
    base = alt.Chart(worded).encode(
        y=alt.Y("family:N", sort=list(dict.fromkeys(frame["family"]))).title(None).axis(grid=True),
        color=alt.Color("label:N", scale=theme.scale(states, labels, STATES)).title(None),
        tooltip=[
            alt.Tooltip("model_id:N").title(say.column("model_id")),
            alt.Tooltip("label:N").title(say.column("state")),
            alt.Tooltip("created_at:T", format="%Y-%m-%d").title(say.column("created_at")),
            alt.Tooltip("removed_at:T", format="%Y-%m-%d").title(say.column("removed_at")),
        ],
    )
    created = alt.X("created_at:T").title(say.column("created_at"))
    gone = base.transform_filter("isValid(datum.removed_at)")
    return alt.layer(
        gone.mark_rule(strokeWidth=2, opacity=0.7).encode(x=created, x2="removed_at:T"),
        gone.mark_point(shape="cross", angle=45, size=60, filled=True).encode(x="removed_at:T"),
        base.mark_point(filled=True, size=70, opacity=0.85).encode(x=created),
        description=description,
        height=alt.Step(22),
    )
