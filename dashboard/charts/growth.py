"""Charts of growth: repositories by month of creation, and by snapshot."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.choices import KINDS
from dashboard.say import Say

Chart = alt.Chart | alt.LayerChart


def cumulative(months: pd.DataFrame, milestones: pd.DataFrame, say: Say, *, log: bool) -> Chart:
    """Repositories that still exist, accumulated over their month of creation, one line a kind.

    months: kind, created_month (timestamp), has_on_or_before, survivor_count, cumulative_count. The first month of a
    kind may be a floor ("on or before"): it is drawn as a hollow point.
    milestones: milestone_date, title_en, title_zh.
    """
    shown = [kind for kind in KINDS if kind in set(months["kind"])]
    labels = [say.label("ui.kinds_of", kind) for kind in shown]
    frame = months.assign(label=months["kind"].map(dict(zip(shown, labels, strict=True))))
    lines = (
        alt.Chart(frame)
        .mark_line(interpolate="monotone")
        .encode(
            x=alt.X("created_month:T").title(say.column("created_month")),
            y=alt.Y("cumulative_count:Q")
            .title(say.column("cumulative_count"))
            .scale(type="log" if log else "linear")
            .axis(labelExpr=say.axis_numbers(), tickCount=6),
            color=alt.Color("label:N").title(None).scale(theme.scale(shown, labels, theme.KINDS)),
            tooltip=[
                alt.Tooltip("label:N").title(say.column("kind")),
                alt.Tooltip("created_month:T", format="%Y-%m").title(say.column("created_month")),
                alt.Tooltip("cumulative_count:Q", format=",").title(say.column("cumulative_count")),
            ],
        )
    )
    floor = lines.transform_filter("datum.has_on_or_before").mark_point(size=130, filled=False, strokeWidth=2.5)
    layers = [lines, floor]
    seen = milestones[milestones["milestone_date"].between(frame["created_month"].min(), frame["created_month"].max())]
    if not seen.empty:
        layers += _annotated(seen, say)
    return alt.layer(*layers, description=_cumulative_alt(frame, say))


def _annotated(milestones: pd.DataFrame, say: Say) -> list[alt.Chart]:
    """Dated notes along the top, numbered from left to right; their texts are in the tooltip and in the table."""
    numbered = milestones.sort_values("milestone_date").assign(number=range(1, len(milestones) + 1))
    base = alt.Chart(numbered).encode(
        x="milestone_date:T",
        tooltip=[
            alt.Tooltip("milestone_date:T", format="%Y-%m-%d").title(say.column("milestone_date")),
            alt.Tooltip(f"title_{say.language}:N").title(say.column("milestone")),
        ],
    )
    return [
        base.mark_rule(strokeDash=[3, 4], opacity=0.6),
        base.mark_text(align="center", baseline="bottom", dy=-4, fontWeight=600).encode(
            y=alt.value(0), text="number:N"
        ),
    ]


def _cumulative_alt(frame: pd.DataFrame, say: Say) -> str:
    ends = frame.sort_values("created_month").groupby("label", sort=False).tail(1)
    parts = [f"{row.label} {say.number(row.cumulative_count)}" for row in ends.itertuples()]
    first, last = frame["created_month"].min(), frame["created_month"].max()
    return say("growth.cumulative.alt", first=say.month(first), last=say.month(last), ends=say.listing(parts))
