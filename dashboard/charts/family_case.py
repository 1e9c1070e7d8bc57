"""One model family in four views: its downloads over time, what is made from it, what it is for, and on which terms.

The four are laid out by hand in one picture, since a picture of several charts cannot follow the width of a page.
"""

import math

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

HEIGHT = 350  # in points, as are all that follow
TOPS = (0, 188)  # of the upper and lower views
HEAD = 30  # what a heading takes
PITCH = 22  # of the bars
CURVE = (HEAD + 6, 140)  # top and bottom of the curve
LEFTS = (0.0, 0.53)  # of the left and right views, of the whole width, as are the following
LABELS, BARS = 0.2, 0.19  # room for labels, and the longest bar
AXIS, END = 0.055, 0.45  # where the curve begins and ends
LONGEST = 24  # letters of a label


def four_views(
    history: pd.DataFrame, bars: pd.DataFrame, headings: list[str], say: Say, *, none: str, description: str
) -> Chart:
    """Upper left the curve of downloads, then three views of bars.

    history: snapshot_at, downloads_30d (known), segment; may be empty. bars: view (1 to 3), label, count, colour, from
    the top; at most six in a view, a view may be missing. headings: of the four views. none: stands where a view has
    nothing to show.
    """
    corners = [(left, top) for top in TOPS for left in LEFTS]
    heads = pd.DataFrame({"x": [x for x, _ in corners], "y": [float(y) for _, y in corners], "words": headings})
    shown = {0} if len(history) else set()
    layers = [_words(heads, align="left", baseline="top", bold=True)]
    if len(history):
        layers += _curve(history, say)
    if len(bars):
        layers += _bars(bars, corners, say)
        shown |= set(bars["view"])
    if missing := [corner for view, corner in enumerate(corners) if view not in shown]:
        notes = pd.DataFrame({"x": [x for x, _ in missing], "y": [y + HEAD + 0.0 for _, y in missing], "words": none})
        layers.append(_words(notes, align="left", baseline="top"))
    return alt.layer(*layers, description=description, height=HEIGHT)


def _curve(history: pd.DataFrame, say: Say) -> list[alt.Chart]:
    top = _round_up(float(history["downloads_30d"].max()))
    first, last = history["snapshot_at"].min(), history["snapshot_at"].max()
    elapsed = (last - first).total_seconds() or 1.0
    low, high = CURVE[1], CURVE[0]
    placed = history.assign(
        x=AXIS + 0.01 + (END - AXIS - 0.01) * (history["snapshot_at"] - first).dt.total_seconds() / elapsed,
        y=low - (low - high) * history["downloads_30d"] / top,
    )
    grid = pd.DataFrame(
        {
            "x": AXIS,
            "x2": END,
            "y": [low - (low - high) * part for part in (0.0, 0.5, 1.0)],
            "words": [say.short(top * part) for part in (0.0, 0.5, 1.0)],
        }
    )
    ends = pd.DataFrame({"x": [AXIS], "y": [low + 6.0], "words": [say.month(first)]})
    rules = alt.Chart(grid).mark_rule(opacity=0.3).encode(x=_x(), x2="x2:Q", y=_y())
    line = (
        alt.Chart(placed)
        .mark_line(color=theme.KINDS["model"], strokeWidth=2.5)
        .encode(x=_x(), y=_y(), detail="segment:N")
    )
    points = (
        alt.Chart(placed)
        .mark_point(color=theme.KINDS["model"], size=35, opacity=1)
        .encode(
            x=_x(),
            y=_y(),
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, "downloads_30d:Q"),
            ],
        )
    )
    drawn = [
        rules,
        line,
        points,
        _words(grid, align="right", baseline="middle", dx=-6),
        _words(ends, align="left", baseline="top"),
    ]
    if last > first:
        drawn.append(_words(ends.assign(x=END, words=say.month(last)), align="right", baseline="top"))
    return drawn


def _bars(bars: pd.DataFrame, corners: list[tuple[float, int]], say: Say) -> list[alt.Chart]:
    place = bars.groupby("view").cumcount()
    left = bars["view"].map(lambda view: corners[view][0]) + LABELS
    longest = bars.groupby("view")["count"].transform("max")
    middle = bars["view"].map(lambda view: corners[view][1]) + HEAD + PITCH * (place + 0.5)
    placed = bars.assign(
        x=left, x2=left + BARS * bars["count"] / longest, y=middle - PITCH * 0.36, y2=middle + PITCH * 0.36
    )
    labels = pd.DataFrame({"x": left, "y": middle, "words": bars["label"].map(_cut)})
    counts = pd.DataFrame({"x": placed["x2"], "y": middle, "words": [say.short(count) for count in bars["count"]]})
    blocks = (
        alt.Chart(placed)
        .mark_rect(cornerRadius=1)
        .encode(
            x=_x(),
            x2="x2:Q",
            y=_y(),
            y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                tip(say, "label:N"),
                tip(say, "count:Q", say.column("model_count")),
            ],
        )
    )
    return [
        blocks,
        _words(labels, align="right", baseline="middle", dx=-8),
        _words(counts, align="left", baseline="middle", dx=6),
    ]


def _words(texts: pd.DataFrame, *, align: str, baseline: str, dx: int = 0, bold: bool = False) -> alt.Chart:
    weight = 600 if bold else 400
    mark = alt.Chart(texts).mark_text(align=align, baseline=baseline, dx=dx, fontWeight=weight)  # type: ignore[arg-type]
    return mark.encode(x=_x(), y=_y(), text="words:N")


def _x() -> alt.X:
    return alt.X("x:Q").scale(domain=[0, 1], nice=False).axis(None)


def _y() -> alt.Y:
    return alt.Y("y:Q").scale(domain=[HEIGHT, 0], nice=False).axis(None)


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 6, 8 times a power of ten, so that half of it is round too."""
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(digit * power for digit in (1, 2, 4, 6, 8, 10) if digit * power >= value)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
