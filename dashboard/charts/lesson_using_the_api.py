"""One call, drawn as a sequence: who says what to whom, with the numbers of the worked example on the arrows."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

LANES = {"program": 0.0, "api": 1.0, "model": 2.0}
WAYS = {"ask": theme.BLUE, "answer": theme.AMBER, "inside": theme.NEUTRAL}


def sequence(steps: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A lifeline for each party and an arrow for each step, from the top.

    steps: source and target (of LANES), words, way (of WAYS); a step from a party to itself is written beside its lifeline.
    """
    placed = steps.assign(
        row=range(1, len(steps) + 1),
        start=steps["source"].map(LANES),
        end=steps["target"].map(LANES),
    )
    placed = placed.assign(
        middle=(placed["start"] + placed["end"]) / 2,
        head=[270 if end < start else 90 for start, end in zip(placed["start"], placed["end"], strict=True)],
    )
    lanes = pd.DataFrame(
        {
            "lane": list(LANES.values()),
            "words": [say(f"lesson_using_the_api.lanes.{lane}") for lane in LANES],
            "top": 0.25,
            "bottom": len(steps) + 0.6,
        }
    )
    x = alt.X("start:Q").axis(None).scale(domain=[-0.45, 2.45], nice=False)
    y = alt.Y("row:Q").axis(None).scale(domain=[-0.3, len(steps) + 0.6], reverse=True, nice=False)
    colour = alt.Color("way:N", scale=alt.Scale(domain=list(WAYS), range=list(WAYS.values()))).legend(None)
    between = alt.Chart(placed[placed["source"] != placed["target"]])
    within = alt.Chart(placed[placed["source"] == placed["target"]])
    lines = alt.Chart(lanes).encode(x=alt.X("lane:Q").axis(None))
    return alt.layer(
        lines.mark_rule(strokeDash=[4, 5], opacity=0.6).encode(y=alt.Y("top:Q").axis(None), y2="bottom:Q"),
        lines.mark_text(fontWeight="bold", fontSize=16).encode(y=alt.value(8), text="words:N"),
        between.mark_rule(strokeWidth=2.5).encode(x=x, x2="end:Q", y=y, color=colour),
        between.mark_point(shape="triangle", size=130, filled=True, opacity=1).encode(
            x=alt.X("end:Q").axis(None), y=y, color=colour, angle=alt.Angle("head:Q").scale(None)
        ),
        between.mark_text(baseline="bottom", dy=-6).encode(x=alt.X("middle:Q").axis(None), y=y, text="words:N"),
        within.mark_point(size=90, filled=True, opacity=1).encode(x=x, y=y, color=colour),
        within.mark_text(align="left", dx=12).encode(x=x, y=y, text="words:N"),
        description=description,
        height=44 * (len(steps) + 1),
    )
