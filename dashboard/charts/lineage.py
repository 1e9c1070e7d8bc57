"""Charts of what models are made from: derivatives of base models, and how fast they come."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

RELATIONS = tuple(theme.RELATIONS)
ANY = "any"


def by_month(frame: pd.DataFrame, say: Say) -> Chart:
    """Derivatives by month of creation, stacked by their relation to the base.

    frame: columns created_month, relation, derivative_count, is_partial (of a month that had not ended: drawn paler).
    """
    relations = _present(frame, RELATIONS)
    labels = [say.label("lineage.relation", name) for name in relations]
    worded = frame.assign(relation=[say.label("lineage.relation", name) for name in frame["relation"]])
    totals = frame.groupby("relation")["derivative_count"].sum().sort_values(ascending=False)
    return (
        alt.Chart(
            worded,
            description=say(
                "lineage.by_month.alt",
                first=say.month(frame["created_month"].min()),
                last=say.month(frame["created_month"].max()),
                parts=say.listing(
                    [f"{say.label('lineage.relation', name)} {say.number(n)}" for name, n in totals.items()]
                ),
            ),
        )
        .transform_calculate(position=f"indexof({labels}, datum.relation)")
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            x=alt.X("yearmonth(created_month):T").title(say.column("created_month")),
            y=alt.Y("derivative_count:Q", stack="zero").title(say.column("derivative_count")).axis(count_axis(say)),
            color=alt.Color("relation:N", scale=theme.scale(relations, labels, theme.RELATIONS)).title(None),
            opacity=alt.condition("datum.is_partial", alt.value(theme.PALE), alt.value(1)),
            order=alt.Order("position:Q"),
            tooltip=[
                tip(say, "created_month:T"),
                tip(say, "relation:N"),
                tip(say, "derivative_count:Q"),
            ],
        )
    )


def by_base(frame: pd.DataFrame, say: Say, *, label: str, alt_text: str) -> Chart:
    """Bars of bases or families, cut by relation.

    frame: columns `label` (words or ids), relation, derivative_count.
    """
    relations = _present(frame, RELATIONS)
    labels = [say.label("lineage.relation", name) for name in relations]
    totals = frame.groupby(label)["derivative_count"].sum()
    return ranked.stacked_bars(
        frame.assign(relation=[say.label("lineage.relation", name) for name in frame["relation"]]),
        say,
        description=say(alt_text, n=len(totals), top=totals.idxmax(), count=say.number(totals.max())),
        label=label,
        value="derivative_count",
        part="relation",
        title=say.column("derivative_count"),
        scale=theme.scale(relations, labels, theme.RELATIONS),
    )


def speed(frame: pd.DataFrame, say: Say) -> Chart:
    """Median days from a base to its first derivative, by the quarter the base was created in.

    frame: columns base_created_quarter, base_count, median_days_to_first_derivative; circles grow with base_count.
    """
    first, last = frame.iloc[0], frame.iloc[-1]
    base = alt.Chart(frame).encode(
        x=alt.X("base_created_quarter:T").title(say.column("base_created_quarter")),
        y=alt.Y("median_days_to_first_derivative:Q")
        .title(say.column("median_days_to_first_derivative"))
        .axis(count_axis(say)),
        tooltip=[
            tip(say, "base_created_quarter:T", form="%Y-%m"),
            tip(say, "median_days_to_first_derivative:Q", form=",.1f"),
            tip(say, "base_count:Q"),
        ],
    )
    circles = base.mark_circle(color=theme.PALETTE[0], opacity=0.9).encode(
        size=alt.Size("base_count:Q", scale=alt.Scale(range=[40, 700]))
        .title(say.column("base_count"))
        .legend(tickCount=4)
    )
    return alt.layer(
        base.mark_line(color=theme.PALETTE[0], strokeWidth=2),
        circles,
        description=say(
            "lineage.speed.alt",
            first=say.month(first["base_created_quarter"]),
            first_days=say.days(first["median_days_to_first_derivative"]),
            last=say.month(last["base_created_quarter"]),
            last_days=say.days(last["median_days_to_first_derivative"]),
        ),
    )


def stated(frame: pd.DataFrame, say: Say) -> Chart:
    """Share of models that state a base, in all and by relation, over snapshots; a pause interrupts the lines.

    frame: columns snapshot_at, segment, relation (ANY or one of RELATIONS), share, n, total.
    """
    relations = _present(frame, (ANY, *RELATIONS))
    labels = [say.label("lineage.relation", name) for name in relations]
    colours = {**theme.RELATIONS, ANY: theme.PALETTE[5]}
    worded = frame.assign(relation=[say.label("lineage.relation", name) for name in frame["relation"]])
    newest = frame[(frame["snapshot_at"] == frame["snapshot_at"].max()) & (frame["relation"] == ANY)].iloc[0]
    lines = (
        alt.Chart(
            worded,
            description=say(
                "lineage.stated.alt",
                date=say.date(newest["snapshot_at"]),
                share=say.share(newest["share"]),
                n=say.number(newest["n"]),
                total=say.number(newest["total"]),
            ),
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y("share:Q").title(say("lineage.stated.axis")).axis(format="%", grid=True),
            color=alt.Color("relation:N", scale=theme.scale(relations, labels, colours), sort=labels).title(None),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, "relation:N"),
                tip(say, "share:Q", form=".2%"),
                tip(say, "n:Q"),
                tip(say, "total:Q"),
            ],
        )
    )
    return read_anywhere(
        lines, worded, say, x="snapshot_at", y="share", label="relation", written=say.share, dated=say.date
    )


def _present(frame: pd.DataFrame, relations: tuple[str, ...]) -> list[str]:
    """Those of `relations` that occur: a legend names nothing that is not drawn."""
    return [name for name in relations if name in set(frame["relation"])]
