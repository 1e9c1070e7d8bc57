"""Charts of who publishes: authors by region and by kind of organisation, those that no source knows among them."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.charts.lines import read_anywhere
from dashboard.say import Say
from dashboard.theme import Chart

UNMAPPED = "unmapped"
PARTS = {
    "region": ("us", "china", "europe", "other", "international", UNMAPPED),
    "author_kind": (
        "company",
        "university",
        "research_institute",
        "non_profit",
        "government",
        "community",
        "individual",
        UNMAPPED,
    ),
}
"""What authors are told apart by, and its values in the order of their colours."""
CODE = "part"
"""The column that holds the value, in both charts."""


def now(frame: pd.DataFrame, say: Say, *, by: str, measure: str) -> Chart:
    """One bar for each part with its share, amount and authors; what is not mapped stands last.

    frame: part, value, share (0-1), author_count, largest first. by: a key of PARTS.
    """
    named = _named(frame, say, by).assign(
        number=[f"{say.share(row.share)}  ({say.short(row.value)})" for row in frame.itertuples()]
    )
    base = alt.Chart(named).encode(
        y=alt.Y("label:N", sort=list(named["label"])).title(None),
        x=alt.X("share:Q")
        .title(say("publishers.share_of", measure=measure))
        .axis(format="%", grid=True, values=[fifth / 5 for fifth in range(6)])
        .scale(domain=[0, named["share"].max() * ranked.ROOM_FOR_NUMBERS * 1.1], nice=False),
        tooltip=[
            tip(say, "label:N", say.column(by)),
            tip(say, "value:Q", measure),
            tip(say, "share:Q"),
            tip(say, "author_count:Q"),
        ],
    )
    parts = say.listing([f"{row.label} {row.number}" for row in named.itertuples()])
    return alt.layer(
        base.mark_bar().encode(color=_colour(frame, say, by).legend(None)),
        base.mark_text(align="left", dx=6).encode(text="number:N"),
        description=say("publishers.now_alt", measure=measure, parts=parts),
    )


def over_time(frame: pd.DataFrame, say: Say, *, by: str, measure: str) -> Chart:
    """A line for each part's share, dashed for what is not mapped; a pause in collection interrupts the lines.

    frame: snapshot_at, segment, part, value, share (0-1 of the snapshot). by: a key of PARTS.
    """
    named = _named(frame, say, by)
    first, last = frame["snapshot_at"].min(), frame["snapshot_at"].max()
    newest = named[named["snapshot_at"] == last].sort_values("share", ascending=False)
    parts = say.listing([f"{row.label} {say.share(row.share)}" for row in newest.itertuples()])
    lines = (
        alt.Chart(
            named,
            description=say(
                "publishers.over_time_alt", first=say.date(first), last=say.date(last), measure=measure, parts=parts
            ),
        )
        .mark_line(point=True)
        .encode(
            x=alt.X("snapshot_at:T").title(None),
            y=alt.Y("share:Q").title(say("publishers.share_of", measure=measure)).axis(format="%", grid=True),
            color=_colour(frame, say, by),
            strokeDash=alt.condition(alt.datum[CODE] == UNMAPPED, alt.value([4, 4]), alt.value([1, 0])),
            detail="segment:N",
            tooltip=[
                tip(say, "snapshot_at:T"),
                tip(say, "label:N", say.column(by)),
                tip(say, "share:Q"),
                tip(say, "value:Q", measure),
            ],
        )
    )
    return read_anywhere(
        lines, named, say, x="snapshot_at", y="share", label="label", written=say.share, dated=say.date
    )


def _named(frame: pd.DataFrame, say: Say, by: str) -> pd.DataFrame:
    return frame.assign(label=[say(f"publishers.{by}.{name}") for name in frame[CODE]])


def _colour(frame: pd.DataFrame, say: Say, by: str) -> alt.Color:
    present = [name for name in PARTS[by] if name in set(frame[CODE])]
    fixed = dict(zip(PARTS[by], theme.PALETTE, strict=False)) | {UNMAPPED: theme.NEUTRAL}
    labels = [say(f"publishers.{by}.{name}") for name in present]
    return alt.Color("label:N", sort=labels).scale(theme.scale(present, labels, fixed)).title(None)
