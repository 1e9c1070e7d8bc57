"""How large models are, and what memory they need."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.ranked import decades
from dashboard.say import Say

NAMES = 0.13
"""What the names of memories take beyond the last month, of the time that is drawn."""
HEADROOM = 3.5
"""Above the largest model, for what is written along the upper edge."""
BYTES = {16: 2.0, 4: 0.5}
"""Bytes a parameter takes at a number of bits."""


def sizes(
    months: pd.DataFrame, memory: pd.DataFrame, light: pd.DataFrame, say: Say, *, description: str
) -> alt.LayerChart | alt.FacetChart:
    """Median and ninth decile of parameters by month of creation, with lines for what fits into a memory.

    months: created_month, p50, p90, largest, repository_count. memory: memory_gb. light: middle (of a year), words;
    written along the upper edge.
    """
    key = "lesson_challenges.figure"
    steps = decades(pd.concat([months["p50"], months["largest"]]))
    y = alt.Y("value:Q").scale(type="log", domain=[steps[0], steps[-1] * HEADROOM], nice=False)
    y = y.title(say(f"{key}.axis")).axis(labelExpr=say.axis_numbers(), values=steps)
    first, last = months["created_month"].min(), months["created_month"].max()
    begins = [moment.isoformat() for moment in pd.date_range(first, last, freq="YS")]
    x = (
        alt.X("created_month:T")
        .title(say.column("created_month"))
        .axis(values=begins or alt.Undefined)
        .scale(domain=[first.isoformat(), (last + (last - first) * NAMES).isoformat()], nice=False)
    )
    base = alt.Chart(months).encode(
        x=x,
        tooltip=[
            alt.Tooltip("created_month:T", format="%Y-%m").title(say.column("created_month")),
            *[
                alt.Tooltip(f"{name}:Q", format=",.3s").title(say(f"{key}.{name}"))
                for name in ("p50", "p90", "largest")
            ],
            alt.Tooltip("repository_count:Q", format=",").title(say.column("repository_count")),
        ],
    )
    series = {"p50": theme.BLUE, "p90": theme.AMBER, "largest": theme.NEUTRAL}
    names = [say(f"{key}.{name}") for name in series]
    colour = alt.Color("series:N", scale=alt.Scale(domain=names, range=list(series.values()))).title(None)
    lines = base.transform_fold(["p50", "p90"], as_=["column", "value"]).transform_calculate(
        series=f"datum.column == 'p50' ? {names[0]!r} : {names[1]!r}"
    )
    largest = base.transform_calculate(value="datum.largest", series=repr(names[2]))
    fits = _fits(memory, say, first, last)
    bits = list(dict.fromkeys(fits["bits"]))
    dash = alt.StrokeDash("bits:N").scale(domain=bits, range=[[1, 0], [6, 4]]).title(None)
    lines_of_memory = alt.Chart(fits).encode(y="value:Q")
    return alt.layer(
        lines_of_memory.mark_rule().encode(
            x="from:T", x2="at:T", strokeDash=dash.legend(symbolType="stroke", symbolStrokeWidth=2)
        ),
        # 24 GB at 4 bits and 80 GB at 16 lie close together: each number of bits has a column of its own.
        lines_of_memory.mark_text(align="left", baseline="middle", dx=6).encode(x="at:T", text="words:N"),
        largest.mark_point(size=30, opacity=0.6).encode(y=y, color=colour),
        lines.mark_line().encode(y=y, color=colour),
        alt.Chart(light).mark_text(baseline="top").encode(x="middle:T", y=alt.value(4), text="words:N"),
        description=description,
        height=400,
    )


def _fits(memory: pd.DataFrame, say: Say, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """A row for each memory and number of bits: the parameters that fit, and what is written on the line."""
    return pd.DataFrame(
        [
            {
                "value": gigabytes * 1e9 / size,
                "bits": say("lesson_challenges.figure.bits", bits=bits),
                "from": first,
                "at": last + (last - first) * column * NAMES / len(BYTES),
                "words": say("lesson_challenges.figure.fits", gb=gigabytes),
            }
            for gigabytes in memory["memory_gb"]
            for column, (bits, size) in enumerate(BYTES.items())
        ]
    )
