"""What the community made of each model family, quarter by quarter."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.say import Say

RELATIONS = ("finetune", "adapter", "quantized", "merge")
BAND = 0.82
"""Height of the largest quarter within the row of its family."""


def families(frame: pd.DataFrame, say: Say, *, description: str) -> alt.LayerChart | alt.FacetChart:
    """A row for each family, bars of its derivatives by quarter within it, all rows on one scale.

    frame: family, family_total, median_days (may be unknown), quarter, relation, derivative_count; the families in order.
    """
    labels = [say(f"lineage.relation.{name}") for name in RELATIONS]
    rows = _stacked(frame)
    rows = rows.assign(relation=[say(f"lineage.relation.{name}") for name in rows["relation"]])
    names = frame.drop_duplicates("family_id").reset_index(drop=True)
    names = names.assign(
        baseline=[-place for place in range(len(names))],
        words=[
            say("lesson_ecosystem_impact.figure.row", n=say.number(row.family_total), days=say.days(row.median_days))
            for row in names.itertuples()
        ],
        start=frame["quarter"].min(),
    )
    y = alt.Y("bottom:Q").axis(None).scale(domain=[-len(names) + 0.9, 1], nice=False)
    bars = (
        alt.Chart(rows)
        .mark_rect()
        .encode(
            x=alt.X("quarter:T").title(say("lesson_ecosystem_impact.figure.quarter")),
            x2="end:T",
            y=y,
            y2="top:Q",
            color=alt.Color("relation:N", scale=theme.scale(RELATIONS, labels, theme.RELATIONS)).title(None),
            tooltip=[
                alt.Tooltip("family:N").title(say.column("family")),
                alt.Tooltip("quarter:T", format="%Y-%m").title(say("lesson_ecosystem_impact.figure.quarter")),
                alt.Tooltip("relation:N").title(say.column("relation")),
                alt.Tooltip("derivative_count:Q", format=",").title(say.column("derivative_count")),
            ],
        )
    )
    base = alt.Chart(names).encode(y=alt.Y("baseline:Q").axis(None), x=alt.X("start:T"))
    return alt.layer(
        alt.Chart(names).mark_rule(opacity=0.4).encode(y=alt.Y("baseline:Q").axis(None)),
        bars,
        base.mark_text(align="left", dx=6, dy=-34, fontWeight="bold").encode(text="family:N"),
        base.mark_text(align="left", dx=6, dy=-16).encode(text="words:N"),
        description=description,
        height=62 * len(names),
    )


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with bottom and top of each bar (the first family's row is 0, the next -1 …) and the quarter's end."""
    ordered = frame.assign(position=frame["relation"].map(RELATIONS.index)).sort_values(["quarter", "position"])
    place = {family: -number for number, family in enumerate(frame["family_id"].drop_duplicates())}
    tops = ordered.groupby(["family_id", "quarter"])["derivative_count"].cumsum()
    largest = frame.groupby(["family_id", "quarter"])["derivative_count"].sum().max()
    top = ordered["family_id"].map(place) + tops / largest * BAND
    return ordered.assign(
        top=top,
        bottom=top - ordered["derivative_count"] / largest * BAND,
        end=ordered["quarter"] + pd.DateOffset(months=3) - pd.DateOffset(days=8),
    )
