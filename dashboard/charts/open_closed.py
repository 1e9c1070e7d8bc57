"""Charts of open weights beside closed models. The Hub, the OpenAI list and the catalogue are never added up."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

STATES = ("listed", "announced", "removed")
EVENTS = ("arrived", "returned", "removed")
EVENT_COLOURS = {"arrived": theme.PALETTE[0], "returned": theme.PALETTE[2], "removed": theme.PALETTE[5]}
STATE_COLOURS = {"listed": theme.PALETTE[0], "announced": theme.PALETTE[1], "removed": theme.NEUTRAL}
CLOSED_OR_OPEN = tuple(theme.OPENNESS)
LONG_NAMES = alt.Legend(columns=3, symbolType="stroke", symbolStrokeWidth=4)
DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3], [4, 2], [14, 4], [1, 4], [6, 2, 2, 2])


def listing(frame: pd.DataFrame, say: Say, *, value: str, colour: str, alt_text: str) -> Chart:
    """How many of one population were listed at each snapshot; a gap in collection interrupts the line.

    frame: columns snapshot_at, segment, `value`.
    """
    first, last = frame.iloc[0], frame.iloc[-1]
    return (
        alt.Chart(
            frame,
            height=220,
            description=say(
                alt_text,
                first=say.date(first["snapshot_at"]),
                first_count=say.number(first[value]),
                last=say.date(last["snapshot_at"]),
                last_count=say.number(last[value]),
            ),
        )
        .mark_line(point={"color": colour}, color=colour)
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y(f"{value}:Q").title(say.column(value)).axis(count_axis(say, tickCount=5)),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, f"{value}:Q"),
            ],
        )
    )


def timeline(frame: pd.DataFrame, say: Say) -> Chart:
    """A bar from first seen to last seen for each OpenAI model, a circle at its creation, a tick at its shutdown.

    frame: columns model_id, state (one of STATES), created_at, first_seen_at, last_seen_at, shutdown_date.
    """
    states = [name for name in STATES if name in set(frame["state"])]
    labels = [say(f"open_closed.state.{name}") for name in states]
    worded = frame.assign(state=[say(f"open_closed.state.{name}") for name in frame["state"]])
    counts = frame["state"].value_counts()
    dates = ("created_at", "first_seen_at", "last_seen_at", "shutdown_date")
    base = alt.Chart(worded).encode(
        y=alt.Y("model_id:N", sort=list(frame["model_id"])).title(None),
        color=alt.Color("state:N", scale=theme.scale(states, labels, STATE_COLOURS), sort=labels).title(None),
        tooltip=[tip(say, f"{name}:N") for name in ("model_id", "state")] + [tip(say, f"{name}:T") for name in dates],
    )
    seen = alt.X("first_seen_at:T").title(None).axis(grid=True, orient="top")
    return alt.layer(
        base.mark_rule(strokeWidth=2, strokeDash=[2, 3]).encode(x="created_at:T", x2="first_seen_at:T"),
        base.mark_bar(size=10, cornerRadius=3).encode(x=seen, x2="last_seen_at:T"),
        base.mark_point(filled=True, size=60, opacity=1).encode(x="created_at:T"),
        base.mark_point(shape="cross", filled=True, size=110, angle=45, opacity=1).encode(x="shutdown_date:T"),
        height=alt.Step(22),
        description=say(
            "open_closed.timeline.alt",
            n=len(frame),
            listed=int(counts.get("listed", 0)),
            announced=int(counts.get("announced", 0)),
            removed=int(counts.get("removed", 0)),
        ),
    )


def events(frame: pd.DataFrame, say: Say) -> Chart:
    """Models that came (above the line) and went (below it) by month.

    frame: columns event_month, event (one of EVENTS), model_count, models (their ids).
    """
    present = [name for name in EVENTS if name in set(frame["event"])]
    labels = [say(f"open_closed.event.{name}") for name in present]
    signed = frame.assign(
        event_name=[say(f"open_closed.event.{name}") for name in frame["event"]],
        signed_count=frame["model_count"].where(frame["event"] != "removed", -frame["model_count"]),
    )
    counts = frame.groupby("event")["model_count"].sum()
    return (
        alt.Chart(
            signed,
            description=say(
                "open_closed.arrivals.alt",
                first=say.month(frame["event_month"].min()),
                last=say.month(frame["event_month"].max()),
                arrived=int(counts.get("arrived", 0)),
                removed=int(counts.get("removed", 0)),
            ),
        )
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            x=alt.X("yearmonth(event_month):T").title(None),
            y=alt.Y("signed_count:Q", stack="zero")
            .title(say.column("model_count"))
            .axis(labelExpr="format(abs(datum.value), ',')", grid=True, tickMinStep=1),
            color=alt.Color("event_name:N", scale=theme.scale(present, labels, EVENT_COLOURS), sort=labels).title(None),
            tooltip=[
                tip(say, "event_month:T"),
                tip(say, "event_name:N", say.column("event")),
                alt.Tooltip("model_count:Q").title(say.column("model_count")),
                tip(say, "models:N"),
            ],
        )
    )


def prices(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Prices as steps on a true time axis: a price holds until the day it was changed.

    frame: columns model_id, segment (grows where an offer was interrupted), changed_at, price (US dollars per million
    tokens); at most eight models.
    """
    names = list(dict.fromkeys(frame["model_id"]))
    newest = frame.sort_values("changed_at").groupby("model_id").tail(1)
    return (
        alt.Chart(
            frame,
            description=say(
                "open_closed.prices.alt",
                measure=measure,
                prices=say.listing([f"{row.model_id} ${row.price:g}" for row in newest.itertuples(index=False)]),
            ),
        )
        .mark_line(interpolate="step-after", point=True)
        .encode(
            x=alt.X("changed_at:T").title(None),
            y=alt.Y("price:Q")
            .title(measure)
            .axis(labelExpr="'$' + format(datum.value, '~g')", grid=True, values=ranked.decades(frame["price"]))
            .scale(type="log"),
            color=alt.Color("model_id:N", scale=theme.scale(names, names), sort=names).title(None).legend(LONG_NAMES),
            strokeDash=alt.StrokeDash(
                "model_id:N", scale=alt.Scale(domain=names, range=list(DASHES[: len(names)])), sort=names
            )
            .title(None)
            .legend(LONG_NAMES),
            detail="segment:N",
            tooltip=[
                tip(say, "model_id:N"),
                tip(say, "changed_at:T", say.column("valid_from")),
                tip(say, "price:Q", measure, form="$,.4~f"),
            ],
        )
    )


def packages(frame: pd.DataFrame, say: Say, *, closed: str) -> Chart:
    """Downloads a week of Python packages, one line each, interrupted where a week is not known; logarithmic.

    frame: columns package, week, segment (grows after each gap), download_count; at most eight packages, those
    downloaded most first. closed: the package that calls closed models, drawn in their colour.
    """
    names = list(dict.fromkeys(frame["package"]))
    others = iter([colour for colour in theme.PALETTE if colour != theme.OPENNESS["closed"]])
    colours = {name: theme.OPENNESS["closed"] if name == closed else next(others) for name in names}
    newest = frame.sort_values("week").groupby("package").tail(1).sort_values("download_count", ascending=False)
    lines = (
        alt.Chart(
            frame,
            description=say(
                "open_closed.packages.alt",
                first=say.date(frame["week"].min()),
                last=say.date(frame["week"].max()),
                packages=say.listing(
                    [f"{row.package} {say.short(row.download_count)}" for row in newest.itertuples(index=False)]
                ),
            ),
        )
        .mark_line()
        .encode(
            x=alt.X("week:T").title(say.column("week")),
            y=alt.Y("download_count:Q")
            .title(say.column("download_count"))
            .axis(count_axis(say, values=ranked.decades(frame["download_count"])))
            .scale(type="log"),
            color=alt.Color("package:N", scale=theme.scale(names, names, colours), sort=names)
            .title(None)
            .legend(LONG_NAMES),
            strokeDash=alt.StrokeDash(
                "package:N", scale=alt.Scale(domain=names, range=list(DASHES[: len(names)])), sort=names
            )
            .title(None)
            .legend(LONG_NAMES),
            detail="segment:N",
            tooltip=[
                tip(say, "package:N"),
                tip(say, "week:T"),
                tip(say, "download_count:Q"),
            ],
        )
    )
    return read_anywhere(
        lines, frame, say, x="week", y="download_count", label="package", written=say.number, dated=say.date, log=True
    )


def context(frame: pd.DataFrame, say: Say) -> Chart:
    """Context windows by release date, open weights and closed models apart by colour and shape.

    frame: columns name, openness (open, closed), release_date, context_tokens.
    """
    labels = [say(f"open_closed.openness.{name}") for name in CLOSED_OR_OPEN]
    worded = frame.assign(openness=[say(f"open_closed.openness.{name}") for name in frame["openness"]])
    longest = frame.loc[frame.groupby("openness")["context_tokens"].idxmax()].set_index("openness")
    return (
        alt.Chart(
            worded,
            description=say(
                "open_closed.context.alt",
                n=len(frame),
                longest=say.listing(
                    [
                        f"{say(f'open_closed.openness.{name}')}: {row['name']} ({say.number(row['context_tokens'])})"
                        for name, row in longest.iterrows()
                    ]
                ),
            ),
        )
        .mark_point(filled=True, size=90, opacity=0.75)
        .encode(
            x=alt.X("release_date:T").title(say.column("release_date")),
            y=alt.Y("context_tokens:Q")
            .title(say.column("context_tokens"))
            .axis(count_axis(say, values=ranked.decades(frame["context_tokens"])))
            .scale(type="log"),
            color=alt.Color("openness:N", scale=theme.scale(CLOSED_OR_OPEN, labels, theme.OPENNESS), sort=labels).title(
                None
            ),
            shape=alt.Shape(
                "openness:N", scale=alt.Scale(domain=labels, range=["circle", "square"]), sort=labels
            ).title(None),
            tooltip=[
                tip(say, "name:N"),
                tip(say, "openness:N"),
                tip(say, "release_date:T"),
                tip(say, "context_tokens:Q"),
            ],
        )
    )


def releases(frame: pd.DataFrame, say: Say) -> Chart:
    """Catalogue releases by month, open weights and closed models stacked: they are one population.

    frame: columns release_month, openness (open, closed), model_count.
    """
    labels = [say(f"open_closed.openness.{name}") for name in CLOSED_OR_OPEN]
    worded = frame.assign(openness=[say(f"open_closed.openness.{name}") for name in frame["openness"]])
    counts = frame.groupby("openness")["model_count"].sum()
    return (
        alt.Chart(
            worded,
            description=say(
                "open_closed.releases.alt",
                first=say.month(frame["release_month"].min()),
                last=say.month(frame["release_month"].max()),
                open=int(counts.get("open", 0)),
                closed=int(counts.get("closed", 0)),
            ),
        )
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            x=alt.X("yearmonth(release_month):T").title(say.column("release_month")),
            y=alt.Y("model_count:Q", stack="zero").title(say.column("model_count")).axis(grid=True, tickMinStep=1),
            color=alt.Color("openness:N", scale=theme.scale(CLOSED_OR_OPEN, labels, theme.OPENNESS), sort=labels).title(
                None
            ),
            tooltip=[
                tip(say, "release_month:T"),
                tip(say, "openness:N"),
                alt.Tooltip("model_count:Q").title(say.column("model_count")),
            ],
        )
    )
