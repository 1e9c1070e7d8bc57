"""Chart of accelerators: the memory, power and price of what models run on."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import count_axis, tip
from dashboard.say import Say

PRICES = {"under_2000": theme.GREEN, "under_10000": theme.AMBER, "above": theme.CORAL, "unknown": theme.NEUTRAL}
"""Bands of the price at release, cheapest first."""
LIMITS = {"under_2000": 2_000.0, "under_10000": 10_000.0}
"""US dollars below which a price is in a band."""


def band(price: float | None) -> str:
    """The band of a price; one that nobody published is unknown."""
    if price is None or pd.isna(price):
        return "unknown"
    return next((name for name, limit in LIMITS.items() if price < limit), "above")


def accelerators(frame: pd.DataFrame, say: Say) -> alt.Chart:
    """A circle for each device at its release and memory, as large as its power, coloured by its price at release.

    frame: device, manufacturer, released_date, memory_gb, power_w, price_usd (the last two may be unknown).
    """
    names = [band(price) for price in frame["price_usd"]]
    present = [name for name in PRICES if name in set(names)]
    labels = [say(f"course_facts.price_band.{name}") for name in present]
    worded = frame.assign(
        label=[say(f"course_facts.price_band.{name}") for name in names],
        price=[say("ui.unknown") if pd.isna(price) else f"${price:,.0f}" for price in frame["price_usd"]],
        power=[say("ui.unknown") if pd.isna(watts) else f"{watts:,.0f} W" for watts in frame["power_w"]],
        size=frame["power_w"].fillna(frame["power_w"].min()),
    )
    largest = frame.loc[frame["memory_gb"].idxmax()]
    return (
        alt.Chart(
            worded,
            height=400,
            description=say(
                "course_facts.accelerators.alt",
                n=say.number(len(frame)),
                first=say.month(frame["released_date"].min()),
                last=say.month(frame["released_date"].max()),
                device=largest["device"],
                memory=say.measured(largest["memory_gb"], "gb"),
            ),
        )
        .mark_point(filled=True, opacity=0.75)
        .encode(
            x=alt.X("released_date:T").title(say.column("released_date")),
            y=alt.Y("memory_gb:Q")
            .title(say.column("memory_gb"))
            .axis(count_axis(say, values=ranked.decades(frame["memory_gb"])))
            .scale(type="log"),
            size=alt.Size("size:Q", scale=alt.Scale(range=[30, 360])).legend(None),
            color=alt.Color("label:N", scale=theme.scale(present, labels, PRICES), sort=labels).title(None),
            tooltip=[
                tip(say, "device:N"),
                tip(say, "manufacturer:N"),
                tip(say, "released_date:T"),
                tip(say, "memory_gb:Q"),
                tip(say, "power:N", say.column("power_w")),
                tip(say, "price:N", say.column("price_usd")),
            ],
        )
    )
