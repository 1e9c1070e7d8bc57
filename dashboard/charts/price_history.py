"""Charts of whether the API is getting cheaper, and of how long its models live."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

PRICES = {"input": theme.BLUE, "output": theme.AMBER}
BASES = {"documents": theme.NEUTRAL, "seen": theme.CORAL}
"""How we know of an end: OpenAI's documents, or that a list had the model and the next had not."""
DOLLARS = "'$' + format(datum.value, '~g')"


def flagships(frame: pd.DataFrame, say: Say) -> Chart:
    """A row for each flagship in order of release, with what a million tokens cost in and out; logarithmic.

    frame: name (model and month), released_date, input_usd_per_mtok, output_usd_per_mtok, in order.
    """
    labels = [say(f"open_closed.flagships.{side}") for side in PRICES]
    long = frame.melt(["name", "released_date"], [f"{side}_usd_per_mtok" for side in PRICES], "side", "price").dropna(
        subset="price"
    )
    worded = long.assign(label=[say(f"open_closed.flagships.{side.split('_')[0]}") for side in long["side"]])
    first, last = frame.iloc[0], frame.iloc[-1]
    y = alt.Y("name:N", sort=list(frame["name"])).title(None).axis(grid=True)
    x = (
        alt.X("price:Q")
        .title(say("open_closed.flagships.axis"))
        .axis(labelExpr=DOLLARS, values=ranked.decades(long["price"]), grid=True)
        .scale(type="log")
    )
    span = (
        alt.Chart(frame)
        .mark_rule(strokeWidth=2, opacity=0.5)
        .encode(y=y, x=alt.X("input_usd_per_mtok:Q"), x2="output_usd_per_mtok:Q")
    )
    dots = (
        alt.Chart(worded)
        .mark_point(filled=True, opacity=1)
        .encode(
            y=y,
            x=x,
            size=alt.condition(alt.datum.side == "output_usd_per_mtok", alt.value(70), alt.value(190)),
            color=alt.Color("label:N", scale=theme.scale(list(PRICES), labels, PRICES), sort=labels).title(None),
            tooltip=[
                tip(say, "name:N"),
                tip(say, "label:N", say.column("side")),
                tip(say, "price:Q", say("open_closed.flagships.axis"), form="$,.4~f"),
            ],
        )
    )
    return alt.layer(
        span,
        dots,
        height=alt.Step(24),
        description=say(
            "open_closed.flagships.alt",
            n=say.number(len(frame)),
            first=first["name"],
            first_price=say.measured(first["input_usd_per_mtok"], "usd"),
            last=last["name"],
            last_price=say.measured(last["input_usd_per_mtok"], "usd"),
        ),
    )


def cheapest(frame: pd.DataFrame, say: Say) -> Chart:
    """A falling stair on each side: the lowest price of a model that reaches the score, of those released by each day.

    frame: side (open, closed), name (unknown where a stair only goes on to the moment), release_date,
    cheapest_usd_per_mtok.
    """
    sides = [name for name in theme.OPENNESS if name in set(frame["side"])]
    labels = [say(f"open_closed.openness.{name}") for name in sides]
    worded = frame.assign(label=[say(f"open_closed.openness.{name}") for name in frame["side"]])
    newest = frame.dropna(subset="name").groupby("side").tail(1)
    colour = alt.Color("label:N", scale=theme.scale(sides, labels, theme.OPENNESS), sort=labels).title(None)
    base = alt.Chart(worded).encode(
        x=alt.X("release_date:T").title(say.column("release_date")),
        y=alt.Y("cheapest_usd_per_mtok:Q")
        .title(say("open_closed.cheapest.axis"))
        .axis(labelExpr=DOLLARS, values=ranked.decades(frame["cheapest_usd_per_mtok"]), grid=True)
        .scale(type="log"),
        color=colour,
    )
    points = base.transform_filter("isValid(datum.name)").encode(
        tooltip=[
            tip(say, "name:N"),
            tip(say, "label:N", say.column("openness")),
            tip(say, "release_date:T"),
            tip(say, "score:Q"),
            tip(say, "cheapest_usd_per_mtok:Q", say("open_closed.cheapest.axis"), form="$,.4~f"),
        ]
    )
    parts = [
        f"{say(f'open_closed.openness.{row.side}')}: {row.name} {say.measured(row.cheapest_usd_per_mtok, 'usd')}"
        for row in newest.itertuples(index=False)
    ]
    return alt.layer(
        base.mark_line(interpolate="step-after"),
        points.mark_point(filled=True, size=90, opacity=1),
        description=say("open_closed.cheapest.alt", parts=say.listing(parts)),
    )


def retirements(frame: pd.DataFrame, say: Say) -> Chart:
    """Two bars for each quarter, beside each other: ends that documents tell of, and those that we saw.

    frame: quarter, basis (one of BASES), model_count, models (their ids).
    """
    bases = [name for name in BASES if name in set(frame["basis"])]
    labels = [say(f"open_closed.basis.{name}") for name in bases]
    worded = frame.assign(
        label=[say(f"open_closed.basis.{name}") for name in frame["basis"]],
        when=[_quarter(day) for day in frame["quarter"]],
    )
    every = pd.date_range(frame["quarter"].min(), frame["quarter"].max(), freq="QS")
    counts = frame.groupby("basis")["model_count"].sum()
    return (
        alt.Chart(
            worded,
            description=say(
                "open_closed.retirements.alt",
                documents=say.number(int(counts.get("documents", 0))),
                seen=say.number(int(counts.get("seen", 0))),
            ),
        )
        .mark_bar()
        .encode(
            x=alt.X("when:N").scale(domain=[_quarter(day) for day in every]).title(None).axis(labelAngle=-90),
            xOffset=alt.XOffset("label:N", sort=labels),
            y=alt.Y("model_count:Q").title(say.column("model_count")).axis(grid=True, tickMinStep=1),
            color=alt.Color("label:N", scale=theme.scale(bases, labels, BASES), sort=labels).title(None),
            tooltip=[
                tip(say, "when:N", say.column("quarter")),
                tip(say, "label:N", say.column("basis")),
                tip(say, "model_count:Q"),
                tip(say, "models:N"),
            ],
        )
    )


def _quarter(day: pd.Timestamp) -> str:
    return f"{day:%Y} Q{pd.Timestamp(day).quarter}"
