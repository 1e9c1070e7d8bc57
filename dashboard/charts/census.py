"""Charts of the Hub's own counts: each value's share of the whole Hub beside its share of a list, and totals over time."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.lines import read_anywhere
from dashboard.choices import KINDS
from dashboard.say import Say
from dashboard.theme import Chart

COLOURS = {"census": theme.PALETTE[0], "list": theme.PALETTE[1]}


def shares(frame: pd.DataFrame, say: Say, *, listed: str) -> Chart:
    """A bar for what the Hub counts of itself, and a stroke where the same value stands in a list.

    frame: label, repository_count, census_share, listed_count, listed_share (null where the list does not tell). listed: what
    the list is, in words.
    """
    names = {"census": say("census.whole_hub"), "list": listed}
    scale = theme.scale([*names], [*names.values()], COLOURS)
    numbered = frame.assign(
        number=[f"{say.share(row.census_share)}  ({say.short(row.repository_count)})" for row in frame.itertuples()],
        census_name=names["census"],
        list_name=names["list"],
        end_share=frame[["census_share", "listed_share"]].astype(float).max(axis=1),
    )
    end = (numbered["end_share"].max() or 1.0) * ranked.ROOM_FOR_NUMBERS * 1.1
    base = alt.Chart(numbered).encode(
        y=alt.Y("label:N", sort=list(frame["label"])).title(None),
        tooltip=[
            tip(say, "label:N"),
            tip(say, "repository_count:Q"),
            tip(say, "census_share:Q"),
            tip(say, "listed_count:Q"),
            tip(say, "listed_share:Q"),
        ],
    )
    x = alt.X("census_share:Q").title(say("census.share_of")).axis(format="%", grid=True, tickCount=6)
    bars = base.mark_bar().encode(
        x=x.scale(domain=[0, end], nice=False), color=alt.Color("census_name:N", scale=scale).title(None)
    )
    strokes = (
        base.transform_filter("isValid(datum.listed_share)")
        .mark_tick(thickness=4, opacity=1)
        .encode(x="listed_share:Q", color=alt.Color("list_name:N", scale=scale).title(None))
    )
    numbers = base.mark_text(align="left", dx=8).encode(x="end_share:Q", text="number:N")
    return alt.layer(bars, strokes, numbers, description=_in_words(frame, say, listed))


def totals(frame: pd.DataFrame, say: Say) -> Chart:
    """What the Hub counted of itself at each census, one line a kind; a first census as bars.

    frame: kind, snapshot_at, asked_at, repository_count.
    """
    shown = [kind for kind in KINDS if kind in set(frame["kind"])]
    labels = [say.label("ui.kinds_of", kind) for kind in shown]
    named = frame.assign(label=frame["kind"].map(dict(zip(shown, labels, strict=True))))
    last = named.sort_values("snapshot_at").groupby("kind", sort=False).tail(1)
    numbers = [f"{row.label} {say.number(row.repository_count)}" for row in last.itertuples()]
    first, newest = named["snapshot_at"].min(), named["snapshot_at"].max()
    words = say("growth.ends", first=say.date(first), last=say.date(newest), ends=say.listing(numbers))
    colour = alt.Color("label:N").title(None).scale(theme.scale(shown, labels, theme.KINDS))
    title = say.column("repository_count")
    if first == newest:
        bar_colour = colour.legend(None)
        return ranked.bars(
            named, say, description=words, label="label", value="repository_count", title=title, colour=bar_colour
        )
    lines = (
        alt.Chart(named)
        .mark_line(point={"size": 55, "filled": True})
        .encode(
            x=alt.X("snapshot_at:T").title(say.column("asked_at")),
            y=alt.Y("repository_count:Q").title(title).axis(count_axis(say, tickCount=5)),
            color=colour,
            tooltip=[
                tip(say, "label:N", say.column("kind")),
                tip(say, "asked_at:T", form="%Y-%m-%d %H:%M"),
                tip(say, "repository_count:Q"),
            ],
        )
    )
    return read_anywhere(
        lines.properties(description=words),
        named,
        say,
        x="snapshot_at",
        y="repository_count",
        label="label",
        written=say.number,
        dated=say.moment,
    )


def _in_words(frame: pd.DataFrame, say: Say, listed: str) -> str:
    leading = frame.head(3)
    ours = [f"{row.label} {say.share(row.census_share)}" for row in leading.itertuples()]
    theirs = [
        f"{row.label} {say.share(row.listed_share)}" for row in leading.itertuples() if pd.notna(row.listed_share)
    ]
    described = say("census.alt", n=say.number(len(frame)), largest=say.listing(ours))
    return f"{described} {say('census.alt_list', listed=listed, largest=say.listing(theirs))}" if theirs else described
