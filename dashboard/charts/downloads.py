"""Charts of downloads: what leads, what moved, and how few repositories hold most of it."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

SHARES = ("top_1pct_share", "top_1_5pct_share", "top_50_share", "top_200_share")
STROKES = alt.Legend(symbolType="stroke", symbolStrokeWidth=4)
DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3])  # lines differ by dash as well as by colour


def top(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Bars of the leading repositories. frame: columns id, task, licence_id, value; largest first."""
    first = frame.iloc[0]
    return ranked.bars(
        frame,
        say,
        description=say(
            "downloads.top.alt", n=len(frame), measure=measure, id=first["id"], value=say.number(first["value"])
        ),
        label="id",
        value="value",
        title=measure,
        colour=alt.ColorValue(theme.PALETTE[0]),
        tooltip=("task_id", "licence_id"),
    )


def movers(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Bars to the right for gains and to the left for losses.

    frame: columns id, direction (up, down), change; largest gain first, largest loss last.
    """
    labels = [say.label("downloads.direction", name) for name in theme.DIRECTIONS]
    worded = frame.assign(
        direction=[say.label("downloads.direction", name) for name in frame["direction"]],
        number=[f"{'+' if change > 0 else ''}{say.short(change)}" for change in frame["change"]],
    )
    reach = float(frame["change"].abs().max()) * 1.25
    low, high = (-reach if (frame["change"] < 0).any() else 0.0), (reach if (frame["change"] > 0).any() else 0.0)
    base = alt.Chart(worded).encode(
        y=alt.Y("id:N", sort=list(frame["id"])).title(None),
        x=alt.X("change:Q").title(measure).axis(count_axis(say, tickCount=6)).scale(domain=[low, high], nice=False),
        tooltip=[
            tip(say, "id:N"),
            tip(say, "change:Q", measure, form="+,"),
            tip(say, "direction:N"),
        ],
    )
    bars = base.mark_bar().encode(
        color=alt.Color("direction:N", scale=theme.scale(list(theme.DIRECTIONS), labels, theme.DIRECTIONS)).title(None)
    )
    gains = base.mark_text(align="left", dx=6).encode(text="number:N").transform_filter("datum.change >= 0")
    losses = base.mark_text(align="right", dx=-6).encode(text="number:N").transform_filter("datum.change < 0")
    return alt.layer(bars, gains, losses, description=_movers_alt(frame, say))


def _movers_alt(frame: pd.DataFrame, say: Say) -> str:
    gain, loss = frame.loc[frame["change"].idxmax()], frame.loc[frame["change"].idxmin()]
    return say(
        "downloads.movers.alt",
        up=gain["id"],
        up_change=say.number(gain["change"]),
        down=loss["id"],
        down_change=say.number(loss["change"]),
    )


def lorenz(frame: pd.DataFrame, say: Say, *, gini: float, measure: str) -> Chart:
    """The Lorenz curve, the area under it, and the line of equal shares.

    frame: columns repository_share and value_share (0-1, from least to most).
    """
    least = frame.loc[frame["value_share"] <= 0.01, "repository_share"].max()
    axis = alt.Axis(format="%", grid=True)
    shares = alt.Chart(frame).encode(
        x=alt.X("repository_share:Q", scale=alt.Scale(domain=[0, 1]), axis=axis).title(say("downloads.lorenz.x")),
        y=alt.Y("value_share:Q", scale=alt.Scale(domain=[0, 1]), axis=axis).title(
            say("downloads.lorenz.y", measure=measure)
        ),
        tooltip=[
            tip(say, "repository_share:Q"),
            tip(say, "value_share:Q", form=".2%"),
        ],
    )
    equal = pd.DataFrame({"repository_share": [0.0, 1.0], "value_share": [0.0, 1.0]})
    words = pd.DataFrame({"repository_share": [0.5], "value_share": [0.5], "words": [say("downloads.lorenz.equal")]})
    at = {"x": "repository_share:Q", "y": "value_share:Q"}
    return alt.layer(
        shares.mark_area(color=theme.PALETTE[0], opacity=0.25),
        shares.mark_line(color=theme.PALETTE[0]),
        alt.Chart(equal).mark_line(color=theme.NEUTRAL, strokeDash=[6, 4], strokeWidth=2).encode(**at),
        alt.Chart(words).mark_text(align="right", dx=-10, dy=-6).encode(**at, text="words:N"),
        description=say(
            "downloads.lorenz.alt",
            measure=measure,
            gini=f"{gini:.3f}",
            share=say.share(least if pd.notna(least) else 0.0),
        ),
    )


def concentration(frame: pd.DataFrame, say: Say) -> Chart:
    """Shares of the top over snapshots; a gap in collection interrupts the lines.

    frame: columns snapshot_at, segment (grows at each gap), part (one of SHARES), share, n (repositories in the part).
    """
    labels = [say(f"downloads.parts.{part}") for part in SHARES]
    worded = frame.assign(part=[say(f"downloads.parts.{part}") for part in frame["part"]])
    newest = frame[frame["snapshot_at"] == frame["snapshot_at"].max()].set_index("part")["share"]
    lines = (
        alt.Chart(
            worded,
            description=say(
                "downloads.concentration.alt",
                date=say.date(frame["snapshot_at"].max()),
                one=say.share(newest["top_1pct_share"]),
                fifty=say.share(newest["top_50_share"]),
            ),
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y("share:Q").title(say.column("share")).axis(format=".1~%", grid=True).scale(zero=False),
            color=alt.Color("part:N", scale=theme.scale(SHARES, labels), sort=labels).title(None).legend(STROKES),
            strokeDash=alt.StrokeDash("part:N", scale=alt.Scale(domain=labels, range=list(DASHES)), sort=labels)
            .title(None)
            .legend(STROKES),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, "part:N"),
                tip(say, "share:Q", form=".2%"),
                tip(say, "n:Q", say.column("repository_count")),
            ],
        )
    )
    return read_anywhere(
        lines, worded, say, x="snapshot_at", y="share", label="part", written=say.share, dated=say.date, zero=False
    )
