"""Charts of how large models are."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.choices import UNDECLARED
from dashboard.say import Say
from dashboard.theme import Chart

SIZES = ("<0.1B", "0.1-0.5B", "0.5-1B", "1-3B", "3-8B", "8-15B", "15-40B", "40-100B", ">100B")


def by_month(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Share of each size class among the models created in a month; sizes are ordered, so the colours are a ramp.

    frame: columns created_month, size_class, value, share (0-1 of the month), month_total.
    """
    present = [name for name in (*SIZES, UNDECLARED) if name in set(frame["size_class"])]
    labels = [say.label("open_closed.size", name) for name in present]
    worded = frame.assign(size_class=[say.label("open_closed.size", name) for name in frame["size_class"]])
    totals = frame.groupby("size_class")["value"].sum()
    return (
        alt.Chart(
            worded,
            description=say(
                "open_closed.sizes.alt",
                first=say.month(frame["created_month"].min()),
                last=say.month(frame["created_month"].max()),
                top=say.label("open_closed.size", totals.idxmax()),
                share=say.share(totals.max() / totals.sum()),
            ),
        )
        .transform_calculate(position=f"indexof({labels}, datum.size_class)")
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            x=alt.X("yearmonth(created_month):T").title(say.column("created_month")),
            y=alt.Y("share:Q", stack="zero")
            .title(say("open_closed.sizes.axis", measure=measure))
            .axis(format="%", grid=True)
            .scale(domain=[0, 1]),
            color=alt.Color("size_class:N", scale=theme.scale(present, labels, theme.SIZES), sort=labels).title(None),
            order=alt.Order("position:Q"),
            tooltip=[
                tip(say, "created_month:T"),
                tip(say, "size_class:N"),
                tip(say, "share:Q"),
                tip(say, "value:Q", measure),
                tip(say, "month_total:Q", say.column("total")),
            ],
        )
    )


def percentiles(frame: pd.DataFrame, say: Say) -> Chart:
    """The middle half of sizes and the largest twentieth by year of creation, on a logarithmic axis.

    frame: columns created_year, repository_count, p25, p50, p75, p95 (parameters).
    """
    last = frame.iloc[-1]
    years = alt.X("created_year:O").title(say.column("created_year")).axis(labelAngle=0)
    axis = alt.Axis(
        labelExpr=say.axis_numbers(), grid=True, values=ranked.decades(pd.concat([frame["p25"], frame["p95"]]))
    )
    base = alt.Chart(frame).encode(
        x=years,
        tooltip=[tip(say, "created_year:O")]
        + [tip(say, f"{name}:Q") for name in ("p25", "p50", "p75", "p95")]
        + [tip(say, "repository_count:Q")],
    )
    parameters = alt.Y("p25:Q", scale=alt.Scale(type="log"), axis=axis).title(say.column("parameters"))
    middle = base.mark_bar(color=theme.PALETTE[0], opacity=0.5, size=46, cornerRadius=3).encode(
        y=parameters, y2="p75:Q"
    )
    median = base.mark_tick(color=theme.PALETTE[1], thickness=4, size=46).encode(y=alt.Y("p50:Q"))
    tail = base.mark_point(color=theme.PALETTE[5], filled=True, shape="triangle-up", size=110, opacity=1).encode(
        y=alt.Y("p95:Q")
    )
    return alt.layer(
        middle,
        median,
        tail,
        description=say(
            "open_closed.size_percentiles.alt",
            year=int(last["created_year"]),
            median=say.short(last["p50"]),
            low=say.short(last["p25"]),
            high=say.short(last["p75"]),
        ),
    )
