"""Charts of the collection itself: when each series was read, and what its repositories declare."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.charts.ranked import ROOM_FOR_NUMBERS
from dashboard.say import Say
from dashboard.theme import Chart


def series(snapshots: pd.DataFrame, say: Say) -> Chart:
    """A row of points for each series; the first after a pause in collection is a ring.

    snapshots: series (in words), snapshot_at, is_after_gap, repository_count.
    """
    is_late = alt.datum.is_after_gap
    colour = alt.when(is_late).then(alt.value(theme.CORAL)).otherwise(alt.value(theme.BLUE))
    return (
        alt.Chart(
            snapshots,
            description=say(
                "data.series.alt",
                n=say.number(snapshots["series"].nunique()),
                first=say.date(snapshots["snapshot_at"].min()),
                last=say.date(snapshots["snapshot_at"].max()),
                snapshots=say.number(len(snapshots)),
                gaps=say.number(snapshots["is_after_gap"].sum()),
            ),
        )
        .mark_point(size=90, strokeWidth=2.5, opacity=1)
        .encode(
            x=alt.X("snapshot_at:T").title(say.column("snapshot_at")).scale(padding=14),
            y=alt.Y("series:N", sort=None).title(None).axis(grid=True),
            stroke=colour,
            fill=colour,
            fillOpacity=alt.when(is_late).then(alt.value(0)).otherwise(alt.value(1)),
            tooltip=[
                tip(say, "series:N", say.column("listing")),
                tip(say, "snapshot_at:T", form="%Y-%m-%d %H:%M"),
                tip(say, "repository_count:Q", say.column("row_count")),
            ],
        )
    )


def declared(fields: pd.DataFrame, say: Say, *, total: int) -> Chart:
    """One bar a field: the share of repositories that state it.

    fields: field (in words), declared_count, share (0-1 of `total`).
    """
    numbered = fields.assign(
        number=[
            f"{say.share(share)}  ({say.short(count)})" if count else say("data.not_listed")
            for count, share in zip(fields["declared_count"], fields["share"], strict=True)
        ]
    )
    parts = [f"{row.field} {row.number}" for row in numbered.itertuples()]
    base = alt.Chart(numbered).encode(
        y=alt.Y("field:N", sort=None).title(None),
        x=alt.X("share:Q")
        .title(None)
        .axis(format="%", grid=True, values=[0, 0.2, 0.4, 0.6, 0.8, 1])
        .scale(domain=[0, ROOM_FOR_NUMBERS * 1.1], nice=False),
        tooltip=[
            tip(say, "field:N", say.column("field")),
            tip(say, "declared_count:Q"),
            tip(say, "share:Q"),
        ],
    )
    return (base.mark_bar(color=theme.BLUE) + base.mark_text(align="left", dx=6).encode(text="number:N")).properties(
        description=say("data.declared.alt", total=say.number(total), shares=say.listing(parts))
    )
