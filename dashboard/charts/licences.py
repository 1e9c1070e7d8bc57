"""Charts of licences: classes and licences now, and classes by month of creation."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

CLASSES = tuple(theme.LICENCE_CLASSES)


def classes(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """One bar a class, from the freest to the unstated, each with its number and share.

    frame: licence_class, value, share (0-1 of what is drawn).
    """
    ordered = _named(frame, say).sort_values("licence_class", key=lambda column: column.map(CLASSES.index))
    ordered = ordered.assign(
        number=[f"{say.share(row.share)}  ({say.short(row.value)})" for row in ordered.itertuples()]
    )
    base = alt.Chart(ordered).encode(
        y=alt.Y("label:N", sort=list(ordered["label"])).title(None),
        x=alt.X("share:Q")
        .title(say("licences.share_of", measure=measure))
        .axis(format="%", grid=True, tickCount=5)
        .scale(domain=[0, ordered["share"].max() * ranked.ROOM_FOR_NUMBERS * 1.1], nice=False),
        tooltip=[
            tip(say, "label:N", say.column("licence_class")),
            tip(say, "value:Q", measure),
            tip(say, "share:Q"),
        ],
    )
    bars = base.mark_bar().encode(color=_colour(ordered, say).legend(None))
    numbers = base.mark_text(align="left", dx=6).encode(text="number:N")
    return alt.layer(bars, numbers, description=_class_alt(ordered, say, measure))


def licences(frame: pd.DataFrame, say: Say, *, measure: str, keep: int) -> Chart:
    """The licences stated most, coloured by class; the rest is folded into one bar.

    frame: licence_id, licence_class, value; largest first.
    """
    head = _named(frame.head(keep), say).assign(
        licence=[say.label("licences.special", licence) for licence in frame.head(keep)["licence_id"]]
    )
    rest = frame.iloc[keep:]
    if len(rest):
        tail = {
            "licence": say("ui.other", n=say.number(len(rest))),
            "licence_class": "other",
            "label": say("licences.class.other"),
            "value": rest["value"].sum(),
        }
        head = pd.concat([head, pd.DataFrame([tail])], ignore_index=True)
    parts = [f"{row.licence} {say.number(row.value)}" for row in head.head(5).itertuples()]
    return ranked.bars(
        head,
        say,
        description=say("licences.mix.alt", n=say.number(len(frame)), measure=measure, largest=say.listing(parts)),
        label="licence",
        value="value",
        title=measure,
        colour=_colour(head, say),
        tooltip=("label",),
    )


def by_month(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Stacked shares of the classes by month of creation.

    frame: created_month, licence_class, value, share (0-1 of the month).
    """
    named = _named(frame, say).assign(position=frame["licence_class"].map(CLASSES.index))
    months = named["created_month"]
    last = named[months == months.max()].sort_values("share", ascending=False).head(3)
    areas = (
        alt.Chart(
            named,
            description=say(
                "licences.by_month.alt",
                first=say.month(months.min()),
                last=say.month(months.max()),
                measure=measure,
                largest=say.listing([f"{row.label} {say.share(row.share)}" for row in last.itertuples()]),
            ),
        )
        .mark_area()
        .encode(
            x=alt.X("created_month:T").title(say.column("created_month")),
            y=alt.Y("share:Q", stack="zero")
            .title(say("licences.share_of", measure=measure))
            .axis(format="%", tickCount=5)
            .scale(domain=[0, 1]),
            color=_colour(named, say),
            order="position:O",
            tooltip=[
                tip(say, "created_month:T"),
                tip(say, "label:N", say.column("licence_class")),
                tip(say, "share:Q"),
                tip(say, "value:Q", measure),
            ],
        )
    )
    return read_anywhere(
        areas,
        named,
        say,
        x="created_month",
        y="share",
        label="label",
        written=say.share,
        dated=say.month,
        is_stacked=True,
    )


def of_task(frame: pd.DataFrame, say: Say, *, measure: str, task: str) -> Chart:
    """A line for each class's share of one task over the snapshots; a pause in collection interrupts the lines.

    frame: snapshot_at, segment, licence_class, value, share (0-1 of the snapshot).
    """
    named = _named(frame, say)
    first, last = named["snapshot_at"].min(), named["snapshot_at"].max()
    newest = named[named["snapshot_at"] == last].sort_values("share", ascending=False).head(3)
    lines = (
        alt.Chart(
            named,
            description=say(
                "licences.by_task.alt",
                task=task,
                first=say.date(first),
                last=say.date(last),
                measure=measure,
                largest=say.listing([f"{row.label} {say.share(row.share)}" for row in newest.itertuples()]),
            ),
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y("share:Q")
            .title(say("licences.share_of", measure=measure))
            .axis(format="%", grid=True, tickCount=5),
            color=_colour(named, say),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, "label:N", say.column("licence_class")),
                tip(say, "share:Q"),
                tip(say, "value:Q", measure),
            ],
        )
    )
    return read_anywhere(
        lines, named, say, x="snapshot_at", y="share", label="label", written=say.share, dated=say.date
    )


def _named(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    return frame.assign(label=[say(f"licences.class.{name}") for name in frame["licence_class"]])


def _colour(frame: pd.DataFrame, say: Say) -> alt.Color:
    present = [name for name in CLASSES if name in set(frame["licence_class"])]
    labels = [say(f"licences.class.{name}") for name in present]
    return alt.Color("label:N").scale(theme.scale(present, labels, theme.LICENCE_CLASSES)).title(None)


def _class_alt(frame: pd.DataFrame, say: Say, measure: str) -> str:
    parts = [f"{row.label} {say.share(row.share)}" for row in frame.itertuples()]
    return say("licences.classes.alt", measure=measure, shares=say.listing(parts))
