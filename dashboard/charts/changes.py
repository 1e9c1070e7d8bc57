"""Charts of what changed between two snapshots: shares that shifted, and those who came or went."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

ROOM = 0.36  # of what the bars span, on each side: there stand the numbers


def shifts(frame: pd.DataFrame, say: Say, *, heading: str) -> Chart:
    """Bars to the right for shares that grew and to the left for those that shrank, each with the share then and now.

    frame: label (unique), previous_share and share (0-1), share_change_points; the largest gain first.
    heading: what a label is.
    """
    labels = [say(f"changes.direction.{name}") for name in theme.DIRECTIONS]
    points = frame["share_change_points"]
    worded = frame.assign(
        direction=[labels[0] if change > 0 else labels[1] for change in points],
        number=[f"{row.previous_share:.2%} → {row.share:.2%}" for row in frame.itertuples()],
    )
    most, least = max(points.max(), 0.0), min(points.min(), 0.0)
    room = (most - least) * ROOM
    base = alt.Chart(worded).encode(
        y=alt.Y("label:N", sort=list(frame["label"])).title(None),
        x=alt.X("share_change_points:Q")
        .title(say("changes.axis"))
        .axis(format="+.2~f", grid=True, tickCount=6)
        .scale(domain=[least - room, most + room], nice=False),
        tooltip=[
            tip(say, "label:N", heading),
            tip(say, "previous_share:Q", form=".2%"),
            tip(say, "share:Q", form=".2%"),
            tip(say, "share_change_points:Q", form="+.3f"),
        ],
    )
    bars = base.mark_bar().encode(
        color=alt.Color("direction:N", scale=theme.scale(list(theme.DIRECTIONS), labels, theme.DIRECTIONS)).title(None)
    )
    gains = base.mark_text(align="left", dx=6).transform_filter("datum.share_change_points >= 0")
    losses = base.mark_text(align="right", dx=-6).transform_filter("datum.share_change_points < 0")
    return alt.layer(
        bars, gains.encode(text="number:N"), losses.encode(text="number:N"), description=_shifts_alt(worded, say)
    )


def signed(points: float) -> str:
    """Percentage points with two digits and their sign; what rounds to nothing has none."""
    return f"{points:+.2f}" if abs(points) >= 0.005 else "0.00"


def _shifts_alt(frame: pd.DataFrame, say: Say) -> str:
    gain, loss = frame.iloc[0], frame.iloc[-1]
    return say(
        "changes.shifts_alt",
        n=len(frame),
        up=gain["label"],
        up_points=signed(gain["share_change_points"]),
        down=loss["label"],
        down_points=signed(loss["share_change_points"]),
    )


def used(frame: pd.DataFrame, say: Say, *, measure: str, direction: str) -> Chart:
    """Bars of those who came (`up`) or went (`down`), the most used first. frame: columns id, value."""
    first = frame.iloc[0]
    return ranked.bars(
        frame,
        say,
        description=say(
            "changes.used_alt", n=len(frame), measure=measure, id=first["id"], value=say.number(first["value"])
        ),
        label="id",
        value="value",
        title=measure,
        colour=alt.ColorValue(theme.DIRECTIONS[direction]),
    )
