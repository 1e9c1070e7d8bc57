"""Charts of growth: repositories by month of creation, by snapshot, and as others published them."""

from collections.abc import Callable

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.charts.lines import read_anywhere, sum_of
from dashboard.choices import KINDS
from dashboard.say import Day, Say
from dashboard.theme import Chart

BETWEEN_LETTERS = pd.Timedelta(days=10)
STATES = ("survivor_count", "removed_count")
SHAPES = {"census": "cross", "counted": "circle", "reported": "square", "about": "diamond", "more than": "triangle-up"}


def cumulative(months: pd.DataFrame, milestones: pd.DataFrame, say: Say, *, log: bool) -> Chart:
    """Repositories that still exist, accumulated over their month of creation, one line a kind.

    months: kind, created_month (timestamp), has_on_or_before, survivor_count, cumulative_count. A month that holds the
    Hub's back-filled dates ("on or before") is drawn as a ring.
    milestones: milestone_date, title_en, title_zh.
    """
    frame, colour = _by_kind(months, say)
    lines = (
        alt.Chart(frame)
        .mark_line()
        .encode(
            x=alt.X("created_month:T").title(say.column("created_month")),
            y=_count(say, frame, "cumulative_count", log=log),
            color=colour.legend(symbolType="stroke", symbolStrokeWidth=4),
            tooltip=[
                tip(say, "label:N", say.column("kind")),
                tip(say, "created_month:T"),
                tip(say, "cumulative_count:Q"),
            ],
        )
    )
    read = read_anywhere(
        lines,
        frame,
        say,
        x="created_month",
        y="cumulative_count",
        label="label",
        written=say.number,
        dated=say.month,
        log=log,
    )
    floor = lines.transform_filter("datum.has_on_or_before").mark_point(size=130, filled=False, strokeWidth=2.5)
    words = _ends(frame, say, "created_month", "cumulative_count", say.month)
    return sum_of(read, floor, *_annotated(lettered(milestones, frame), say)).properties(description=words)


def _annotated(milestones: pd.DataFrame, say: Say) -> list[alt.Chart]:
    """Dated notes along the top, lettered from left to right; the tooltip says what each is."""
    if milestones.empty:
        return []
    base = alt.Chart(milestones).encode(
        x="milestone_date:T",
        tooltip=[
            tip(say, "milestone_date:T"),
            tip(say, f"title_{say.language}:N", say.column("milestone")),
        ],
    )
    return [
        base.mark_rule(strokeDash=[2, 5], opacity=0.7),
        base.mark_text(align="center", baseline="bottom", dy=-4).encode(y=alt.value(0), text="letter:N"),
    ]


def lettered(milestones: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Milestones of the months that are drawn, in the order of their dates, with `letter`: a, b, c …

    Of two that are days apart the first alone, for two letters would stand on each other.
    """
    within = milestones["milestone_date"].between(frame["created_month"].min(), frame["created_month"].max())
    ordered = milestones[within].sort_values("milestone_date")
    ordered = ordered[~(ordered["milestone_date"].diff() < BETWEEN_LETTERS)]
    return ordered.assign(letter=[chr(ord("a") + place % 26) for place in range(len(ordered))])


def created(months: pd.DataFrame, say: Say, *, kind: str) -> Chart:
    """Repositories of one kind by month of creation: those still there, and above them those removed since.

    months: created_month, is_on_or_before, survivor_count, removed_count.
    """
    labels = [say.column(state) for state in STATES]
    long = months.melt(
        id_vars=["created_month", "is_on_or_before"], value_vars=list(STATES), var_name="state", value_name="count"
    )
    long = long.assign(
        label=long["state"].map(dict(zip(STATES, labels, strict=True))),
        position=long["state"].map(STATES.index),
    )
    bars = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(created_month):T").title(say.column("created_month")),
            y=_count(say, long, "count", log=False).title(say.column("repository_count")),
            color=alt.Color("label:N", scale=alt.Scale(domain=labels, range=[theme.KINDS[kind], theme.NEUTRAL])).title(
                None
            ),
            order="position:O",
            tooltip=[
                tip(say, "created_month:T"),
                tip(say, "label:N", say.column("state")),
                tip(say, "count:Q", say.column("repository_count")),
            ],
        )
    )
    heights = (
        months.assign(total=months[list(STATES)].sum(axis=1)).groupby("created_month", as_index=False)["total"].sum()
    )
    floor = heights[heights["created_month"].isin(months.loc[months["is_on_or_before"], "created_month"])]
    note = (
        alt.Chart(floor.assign(note=say("growth.on_or_before")))
        .mark_text(align="left", baseline="bottom", dx=4, dy=-5)
        .encode(x="yearmonth(created_month):T", y="total:Q", text="note:N")
    )
    largest = months.nlargest(1, "survivor_count").iloc[0]
    return alt.layer(
        bars,
        note,
        description=say(
            "growth.created.alt",
            first=say.month(months["created_month"].min()),
            last=say.month(months["created_month"].max()),
            survivors=say.number(months["survivor_count"].sum()),
            removed=say.number(months["removed_count"].sum()),
            month=say.month(largest["created_month"]),
            most=say.number(largest["survivor_count"]),
        ),
    )


def population(snapshots: pd.DataFrame, say: Say, *, log: bool) -> Chart:
    """Repositories at each snapshot, one line a kind, interrupted where collection paused.

    snapshots: kind, snapshot_at, repository_count, segment (grows after each pause).
    """
    frame, colour = _by_kind(snapshots, say)
    lines = (
        alt.Chart(frame, description=_ends(frame, say, "snapshot_at", "repository_count", say.date))
        .mark_line(point={"size": 55, "filled": True})
        .encode(
            x=alt.X("snapshot_at:T").title(say.column("snapshot_at")),
            y=_count(say, frame, "repository_count", log=log),
            color=colour,
            detail="segment:N",
            tooltip=[
                tip(say, "label:N", say.column("kind")),
                tip(say, "snapshot_at:T", form="%Y-%m-%d %H:%M"),
                tip(say, "repository_count:Q"),
            ],
        )
    )
    return read_anywhere(
        lines,
        frame,
        say,
        x="snapshot_at",
        y="repository_count",
        label="label",
        written=say.number,
        dated=say.moment,
        log=log,
    )


def published(totals: pd.DataFrame, counted: pd.DataFrame, say: Say, *, log: bool = True) -> Chart:
    """Totals of the Hub as others published them, as points whose shape says how exact they are; our own as lines.

    totals: kind, total_date, repository_count, bound, source. counted: kind, snapshot_at, repository_count; may be
    empty. Points of different sources do not make a line.
    """
    frame, colour = _by_kind(totals, say)
    bounds = [bound for bound in SHAPES if bound in set(frame["bound"])]
    names = [say(f"growth.bound.{bound}") for bound in bounds]
    points = (
        alt.Chart(frame.assign(exactness=frame["bound"].map(dict(zip(bounds, names, strict=True)))))
        .mark_point(size=110, filled=True, opacity=1)
        .encode(
            x=alt.X("total_date:T").title(None),
            y=_count(say, frame, "repository_count", log=log),
            color=colour,
            shape=alt.Shape("exactness:N").scale(domain=names, range=[SHAPES[bound] for bound in bounds]).title(None),
            tooltip=[
                tip(say, "label:N", say.column("kind")),
                tip(say, "total_date:T"),
                tip(say, "exactness:N", say.column("bound")),
                tip(say, "repository_count:Q"),
                tip(say, "source:N"),
            ],
        )
    )
    description = _ends(frame, say, "total_date", "repository_count", say.date)
    if counted.empty:
        return points.properties(description=description)
    ours, _ = _by_kind(counted, say)
    lines = alt.Chart(ours).mark_line().encode(x="snapshot_at:T", y="repository_count:Q", color="label:N")
    return alt.layer(lines, points, description=description)


def _by_kind(frame: pd.DataFrame, say: Say) -> tuple[pd.DataFrame, alt.Color]:
    """The frame with `label` (the kind in words), and the colours of the kinds in it."""
    shown = [kind for kind in KINDS if kind in set(frame["kind"])]
    labels = [say.label("ui.kinds_of", kind) for kind in shown]
    colour = alt.Color("label:N").title(None).scale(theme.scale(shown, labels, theme.KINDS))
    return frame.assign(label=frame["kind"].map(dict(zip(shown, labels, strict=True)))), colour


def _count(say: Say, frame: pd.DataFrame, column: str, *, log: bool) -> alt.Y:
    axis = alt.Axis(labelExpr=say.axis_numbers(), tickCount=5, values=_steps(frame[column]) if log else alt.Undefined)
    return alt.Y(f"{column}:Q", axis=axis).title(say.column(column)).scale(type="log" if log else "linear")


def _steps(counts: pd.Series) -> list[int]:
    """Where a logarithmic axis has its lines: 1, 10, 100 … around the counts, also 3, 30 … when these are few."""
    factors = (1,) if counts.max() >= 100 * counts.min() else (1, 3)
    steps = [factor * 10**power for power in range(12) for factor in factors]
    low = max((step for step in steps if step <= counts.min()), default=1)
    return [step for step in steps if low <= step <= counts.max() * 3]


def _ends(frame: pd.DataFrame, say: Say, when: str, count: str, dated: Callable[[Day], str]) -> str:
    """In words: from when to when, and where each kind ends."""
    last = frame.sort_values(when).groupby("label", sort=False).tail(1)
    ends = [f"{row['label']} {say.number(row[count])}" for _, row in last.iterrows()]
    first = frame[when].min()
    return say("growth.ends", first=dated(first), last=dated(frame[when].max()), ends=say.listing(ends))
