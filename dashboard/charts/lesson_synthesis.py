"""Open and closed side by side: how each indicator moved within a year."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

SIDES = ("open", "closed")


def factors(rows: pd.DataFrame, say: Say) -> alt.LayerChart | alt.FacetChart:
    """One bar for each indicator and side, from 1 (unchanged) to the factor of a year; the values stand behind it.

    rows: indicator and side (text), label (indicator in words), words ("before → now"), factor (unknown where there is
    no earlier value).
    """
    labels = [say(f"lesson_synthesis.sides.{side}") for side in SIDES]
    worded = rows.assign(side=[say(f"lesson_synthesis.sides.{side}") for side in rows["side"]], one=1.0)
    largest = max(rows["factor"].max(), 1 / rows["factor"].min(), 1.2) if rows["factor"].notna().any() else 1.2
    base = alt.Chart(worded).encode(
        y=alt.Y("label:N", sort=list(dict.fromkeys(rows["label"]))).title(None).scale(paddingInner=0.25),
        yOffset=alt.YOffset("side:N", sort=labels).scale(paddingInner=0.15),
        tooltip=[
            alt.Tooltip("label:N").title(say("lesson_synthesis.indicator")),
            alt.Tooltip("side:N").title(say("lesson_synthesis.side")),
            alt.Tooltip("words:N").title(say("lesson_synthesis.figure.axis")),
        ],
    )
    x = (
        alt.X("factor:Q")
        .scale(type="log", domain=[1 / largest, largest**2.4], nice=False)
        .axis(labelExpr="'×' + format(datum.value, '.2~f')", grid=True, tickCount=5)
        .title(say("lesson_synthesis.figure.axis"))
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(band=0.9)).encode(
        x=x, x2="one:Q", color=alt.Color("side:N", scale=theme.scale(SIDES, labels, theme.OPENNESS)).title(None)
    )
    words = base.transform_calculate(end="isValid(datum.factor) ? max(datum.factor, 1) : 1").mark_text(
        align="left", dx=8
    )
    return alt.layer(
        bars,
        words.encode(x="end:Q", text="words:N"),
        description=say(
            "lesson_synthesis.figure.alt",
            parts=say.listing([f"{row['label']} ({row['side']}): {row['words']}" for row in worded.to_dict("records")]),
        ),
        height=330,
    )
