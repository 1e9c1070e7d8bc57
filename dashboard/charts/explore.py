"""The chart of repositories compared over time."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")


def history(frame: pd.DataFrame, say: Say, *, measure: str, alt_key: str = "explore.history.alt") -> Chart:
    """One line for each repository, with a point where it was observed and a break where it was not.

    frame: columns snapshot_at, id, segment (grows at each gap of a repository), value (null where not stated).
    """
    known = frame.dropna(subset="value")
    names = list(dict.fromkeys(frame["id"]))
    newest = known.sort_values("snapshot_at").groupby("id").tail(1)
    lines = (
        alt.Chart(
            known,
            description=say(
                alt_key,
                measure=measure,
                first=say.date(known["snapshot_at"].min()),
                last=say.date(known["snapshot_at"].max()),
                values=say.listing([f"{row.id}: {say.number(row.value)}" for row in newest.itertuples()]),
            ),
        )
        .mark_line(point={"size": 80, "opacity": 1})
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y("value:Q").title(measure).axis(count_axis(say)).scale(zero=False),
            color=alt.Color("id:N", scale=theme.scale(names, names), sort=names).title(None).legend(columns=2),
            shape=alt.Shape("id:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), sort=names)
            .title(None)
            .legend(columns=2),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T", form="%Y-%m-%d %H:%M"),
                tip(say, "id:N"),
                tip(say, "value:Q", measure),
            ],
        )
    )
    return read_anywhere(
        lines, known, say, x="snapshot_at", y="value", label="id", written=say.number, dated=say.moment, zero=False
    )
