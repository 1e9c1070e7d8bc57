"""How large models are, and what memory they need."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

BYTES = {16: 2.0, 4: 0.5}
"""Bytes a parameter takes at a number of bits."""


def sizes(
    months: pd.DataFrame, memory: pd.DataFrame, light: pd.DataFrame, say: Say, *, description: str
) -> alt.LayerChart | alt.FacetChart:
    """Median and ninth decile of parameters by month of creation, with lines for what fits into a memory.

    months: created_month, p50, p90, largest, repository_count. memory: memory_gb. light: middle (of a year), words;
    written along the lower edge.
    """
    key = "lesson_challenges.figure"
    y = alt.Y("value:Q").scale(type="log", domain=[1e7, 2e12], nice=False).title(say(f"{key}.axis"))
    y = y.axis(labelExpr=say.axis_numbers(), values=[10**power for power in range(7, 13)])
    base = alt.Chart(months).encode(
        x=alt.X("created_month:T").title(say.column("created_month")),
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
    fits = alt.Chart(_fits(memory, say, months["created_month"])).encode(y="value:Q")
    return alt.layer(
        fits.mark_rule(strokeDash=[6, 4]).encode(strokeDash=alt.StrokeDash("bits:N").legend(None)),
        # 24 GB at 4 bits and 80 GB at 16 lie close together: the words of either kind stand at another end.
        fits.transform_filter("datum.bits == '16'")
        .mark_text(align="left", baseline="bottom", dy=-3)
        .encode(x="at:T", text="words:N"),
        fits.transform_filter("datum.bits == '4'")
        .mark_text(align="right", baseline="bottom", dy=-3)
        .encode(x="at:T", text="words:N"),
        largest.mark_point(size=30, opacity=0.6).encode(y=y, color=colour),
        lines.mark_line().encode(y=y, color=colour),
        alt.Chart(light).mark_text(baseline="bottom").encode(x="middle:T", y=alt.datum(1.15e7), text="words:N"),
        description=description,
        height=400,
    )


def _fits(memory: pd.DataFrame, say: Say, months: pd.Series) -> pd.DataFrame:
    """A row for each memory and number of bits: the parameters that fit, and what is written on the line."""
    return pd.DataFrame(
        [
            {
                "value": gigabytes * 1e9 / size,
                "bits": str(bits),
                "at": months.min() if bits == 16 else months.max(),
                "words": say("lesson_challenges.figure.fits", gb=gigabytes, bits=bits),
            }
            for gigabytes in memory["memory_gb"]
            for bits, size in BYTES.items()
        ]
    )
