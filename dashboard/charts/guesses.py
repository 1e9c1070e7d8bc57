"""What a class or a whole room guesses, and the guesses laid over the truth."""

from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import count_axis
from dashboard.say import Say
from dashboard.theme import Chart

Side = Literal["left", "right"]
BINS = 20
ROOM = 0.3
"""Of the scale, that the words of a flag need beside it."""
LARGE = alt.ExprRef("max(16, height / 15)")
"""Points of the type that is read from the last row, on a screen of any height."""


def drawn(points: pd.DataFrame, say: Say, *, given: int) -> Chart:
    """points: point (text), value, from left to right; the first `given` are known and drawn full, the rest dashed."""
    points = points.assign(place=range(len(points)))
    base = _over_points(points).encode(y=alt.Y("value:Q").title(None).axis(labelExpr=say.axis_numbers(), tickCount=5))
    known, open_ = f"datum.place < {given}", f"datum.place >= {given - 1}"
    return alt.layer(
        base.transform_filter(open_).mark_line(color=theme.NEUTRAL, strokeDash=[6, 6]),
        base.transform_filter(known).mark_line(color=theme.BLUE),
        base.transform_filter(open_).mark_point(color=theme.NEUTRAL, size=90),
        base.transform_filter(known).mark_point(color=theme.BLUE, size=90),
        description=say("course.guess.line_title"),
        height=260,
    )


def line(points: pd.DataFrame, say: Say, *, given: int, description: str) -> Chart:
    """The guessed line in grey dashes beside the true one; of many guesses their middle, and half of them in the band.

    points: point (text), true, guessed, low, high, from left to right; the first `given` were told to the class.
    """
    guessed, true = say("course.guess.guessed"), say("course.guess.true")
    points = points.assign(place=range(len(points)), guess=guessed, truth=true)
    base, open_ = _over_points(points), f"datum.place >= {given - 1}"
    of_guess = base.transform_filter(open_)
    colours = alt.Scale(domain=[guessed, true], range=[theme.NEUTRAL, theme.BLUE])
    y = alt.Y("guessed:Q").title(None).axis(count_axis(say, tickCount=5))
    return alt.layer(
        of_guess.mark_area(color=theme.NEUTRAL, opacity=0.3).encode(y=alt.Y("low:Q").title(None), y2="high:Q"),
        of_guess.mark_line(strokeDash=[8, 6], strokeWidth=4).encode(y=y, color=alt.Color("guess:N", scale=colours)),
        of_guess.mark_point(size=130).encode(y=y, color=alt.Color("guess:N", scale=colours)),
        base.mark_line(strokeWidth=5, point=alt.OverlayMarkDef(size=130)).encode(
            y=alt.Y("true:Q").title(None), color=alt.Color("truth:N", scale=colours).title(None)
        ),
        description=description,
    )


def number(guessed: pd.DataFrame, truth: pd.DataFrame, say: Say, *, ends: tuple[float, float], unit: str) -> Chart:
    """The guess as a flag on the scale, and above it the truth.

    guessed, truth: value, words (how the flag reads). ends: of the scale, which a truth beyond them makes longer.
    """
    ends = _with(ends, truth)
    x = _scale(say, ends, unit)
    flags = [
        *_flags(guessed, theme.NEUTRAL, _away(guessed, truth, ends), foot=0.1, top=0.45),
        *_flags(truth, theme.BLUE, _away(truth, guessed, ends), foot=0.6, top=0.95),
    ]
    return alt.layer(
        *(flag.encode(x=x) for flag in flags), description=say.listing([*guessed["words"], *truth["words"]])
    )


def histogram(guessed: pd.DataFrame, truth: pd.DataFrame, say: Say, *, ends: tuple[float, float], unit: str) -> Chart:
    """How many of a room guessed what, and the truth as a flag.

    guessed: value. truth: value, words. ends: of the scale, which a truth beyond them makes longer.
    """
    counts, edges = np.histogram(guessed["value"], bins=BINS, range=ends)
    bars = pd.DataFrame({"value": edges[:-1], "end": edges[1:], "count": counts, "ground": 0})
    ends = _with(ends, truth)
    x = _scale(say, ends, unit)
    side: Side = "left" if truth["value"].iloc[0] < sum(ends) / 2 else "right"
    above = alt.Scale(domain=[0, int(counts.max()) * 1.3])  # where the flag's words stand
    y = (
        alt.Y("count:Q", scale=above)
        .title(say("course.guess.answers"))
        .axis(count_axis(say, tickMinStep=1, tickCount=5))
    )
    return alt.layer(
        alt.Chart(bars).mark_rect(color=theme.NEUTRAL, stroke=None).encode(x=x, x2="end:Q", y=y, y2="ground:Q"),
        alt.layer(*(flag.encode(x=x) for flag in _flags(truth, theme.BLUE, side, foot=0, top=0.97))),
        description=say.listing([say("course.guess.of_room", n=len(guessed)), *truth["words"]]),
    ).resolve_scale(y="independent")


def order(things: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """Two columns of the same things, as guessed and as they are; what stands elsewhere makes its line cross.

    things: label, guessed, true (places, counted from 1).
    """
    heads = pd.DataFrame({"side": [0, 1], "words": [say("course.guess.guessed"), say("course.guess.true")]})
    things = things.assign(left=0, right=1, hit=things["guessed"] == things["true"])
    for side in ("guessed", "true"):
        things[f"{side}_words"] = [f"{row[side]} · {row['label']}" for row in things.to_dict("records")]
    x = alt.Scale(domain=[-1, 2], nice=False)
    y = alt.Scale(domain=[0.1, len(things) + 0.5], reverse=True, nice=False)
    colour = alt.condition("datum.hit", alt.value(theme.BLUE), alt.value(theme.NEUTRAL))
    base = alt.Chart(things).encode(x=alt.X("left:Q", scale=x).axis(None), y=alt.Y("guessed:Q", scale=y).axis(None))
    true = base.encode(x=alt.X("right:Q", scale=x).axis(None), y=alt.Y("true:Q", scale=y).axis(None))
    headings = alt.Chart(heads).mark_text(fontWeight="bold", fontSize=LARGE)
    return alt.layer(
        base.mark_rule(strokeWidth=4).encode(x2="right:Q", y2="true:Q", color=colour),
        base.mark_point(size=200, opacity=1).encode(color=colour),
        true.mark_point(size=200, opacity=1).encode(color=colour),
        base.mark_text(align="right", dx=-16, fontSize=LARGE).encode(text="guessed_words:N"),
        true.mark_text(align="left", dx=16, fontSize=LARGE).encode(text="true_words:N"),
        headings.encode(x=alt.X("side:Q", scale=x).axis(None), y=alt.value(6), text="words:N"),
        description=description,
    )


def places(ranked: pd.DataFrame, say: Say, *, names: list[str], description: str) -> Chart:
    """How often a room put each thing at each place; a ring marks where it belongs.

    ranked: label, place (from 1), share (0-1 of the answers), is_true. names: the labels in their right order.
    """
    base = alt.Chart(ranked.assign(words=[say.share(share) for share in ranked["share"]])).encode(
        x=alt.X("place:O").title(say("course.guess.place")).axis(labelAngle=0, domain=False, ticks=False),
        y=alt.Y("label:N", sort=names).title(None).axis(domain=False, ticks=False),
    )
    depth = alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 0.6])).legend(None)
    return alt.layer(
        base.mark_rect(color=theme.BLUE, cornerRadius=4).encode(opacity=depth),
        base.transform_filter("datum.is_true").mark_rect(
            fillOpacity=0, stroke=theme.AMBER, strokeWidth=6, cornerRadius=4
        ),
        base.mark_text(fontSize=LARGE, fontWeight="bold").encode(text="words:N"),
        description=description,
    )


def _over_points(points: pd.DataFrame) -> alt.Chart:
    return alt.Chart(points).encode(x=alt.X("point:N", sort=list(points["point"])).title(None).axis(labelAngle=0))


def _with(ends: tuple[float, float], truth: pd.DataFrame) -> tuple[float, float]:
    return min(ends[0], truth["value"].min()), max(ends[1], truth["value"].max())


def _scale(say: Say, ends: tuple[float, float], unit: str) -> alt.X:
    labels = "format(datum.value, '.0%')" if unit == "share" else say.axis_numbers()
    domain = alt.Scale(domain=list(ends), nice=False)
    return alt.X("value:Q", scale=domain).title(None).axis(labelExpr=labels, tickCount=10, grid=False)


def _away(flag: pd.DataFrame, other: pd.DataFrame, ends: tuple[float, float]) -> Side:
    """On which side of a flag its words stand: not between it and the other one, if the end of the scale leaves room."""
    value, span = flag["value"].iloc[0], ends[1] - ends[0]
    if min(value - ends[0], ends[1] - value) < span * ROOM:
        return "left" if value - ends[0] < span * ROOM else "right"
    return "left" if value >= other["value"].iloc[0] else "right"


def _flags(values: pd.DataFrame, colour: str, align: Side, *, foot: float, top: float) -> list[alt.Chart]:
    """A pole for each value between two heights (0 to 1), dotted down to the scale, its words at the top."""
    base = alt.Chart(values.assign(top=top, foot=foot, ground=0)).encode(
        y=alt.Y("top:Q", scale=alt.Scale(domain=[0, 1])).axis(None)
    )
    return [
        base.mark_rule(color=colour, strokeWidth=2, strokeDash=[2, 4]).encode(y2="ground:Q"),
        base.mark_rule(color=colour, strokeWidth=8).encode(y2="foot:Q"),
        base.mark_text(
            baseline="top", fontSize=LARGE, fontWeight="bold", align=align, dx=12 if align == "left" else -12
        ).encode(text="words:N"),
    ]
