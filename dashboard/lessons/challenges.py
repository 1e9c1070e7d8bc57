"""Lesson: what is hard about open models, and where the road leads."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.lines import read_anywhere, sum_of
from dashboard.charts.ranked import decades
from dashboard.choices import Choices, Extra
from dashboard.figures import course_facts
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.figures.over_time import FEWEST, marked
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import cell
from dashboard.needs import LEADING, LISTED, WHOLE
from dashboard.say import Say
from dashboard.sentences import Amount, Month, Sentence, Year
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_challenges"
NEEDS = {
    **dict.fromkeys(("median_memory", "too_large", "light", "no_licence", "no_card", "energy", "explained"), LISTED),
    "top_memory": LEADING,
    "data": WHOLE,
}
A_YEAR = 12
BYTES = {16: 2.0, 4: 0.5}
"""Bytes a parameter takes at a number of bits."""
BITS = Extra("bits", "16", tuple(map(str, BYTES)))


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_challenges_figure")
    if len(facts.frame) < 2:
        raise NothingToShow("empty", kind="model")
    full = facts.frame[facts.frame["repository_count"] >= FEWEST]
    notes = ("growth.caveats.few",) if len(full) >= A_YEAR else ()  # a small world has no month of so many
    facts = marked(facts.with_(frame=full if notes else facts.frame, notes=notes), "created_month")
    shown = int(facts.frame["repository_count"].sum())
    return facts.with_(
        shown=shown,
        undeclared=(facts.total or 0) - shown,
        beside={"memory": warehouse.query("hardware_memory"), "light": _light_by_year(facts.frame)},
    )


def _light_by_year(months: pd.DataFrame) -> pd.DataFrame:
    """middle (of each year drawn), share of its models that are adapters or quantised."""
    years = months.groupby(months["created_month"].dt.year).agg(
        first=("created_month", "min"),
        last=("created_month", "max"),
        light=("light_count", "sum"),
        models=("model_count", "sum"),
    )
    return years.assign(
        middle=years["first"] + (years["last"] - years["first"]) / 2, share=years["light"] / years["models"]
    )


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    bits = choices.extra(BITS.name) or BITS.default
    bands = _bands(facts.beside["memory"], say, BYTES[int(bits)])
    last = facts.frame.iloc[-1]
    description = say(
        f"{SECTION}.figure.alt",
        month=say.month(last["created_month"]),
        p50=say.short(last["p50"]),
        p90=say.short(last["p90"]),
        largest=say.short(last["largest"]),
        bits=bits,
        fits=say.listing([f"{row.words} {say.short(row.high)}" for row in bands.itertuples()]),
    )
    return chart(facts.frame, bands, say, description=description)


def _bands(memory: pd.DataFrame, say: Say, bytes_each: float) -> pd.DataFrame:
    """low and high (parameters) of what fits each memory and not the one below it, and its words; the smallest memory first."""
    high = memory["memory_gb"] * 1e9 / bytes_each
    words = [
        say(f"{SECTION}.figure.fits", device=say(f"{SECTION}.figure.device.{row.stands_for}"), gb=row.memory_gb)
        for row in memory.itertuples()
    ]
    return memory.assign(high=high, low=high.shift(), words=words, place=range(len(memory)))


def chart(months: pd.DataFrame, bands: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """Median, 90th percentile and largest of parameters by month of creation, on bands of what fits into a memory.

    months: created_month, p50, p90, largest, repository_count. bands: low (unknown of the lowest), high, words, place.
    """
    key = f"{SECTION}.figure"
    steps = decades(pd.concat([months["p50"], months["largest"]]))
    top = max(steps[-1], float(bands["high"].max()) * 1.3)
    y = alt.Y("value:Q").scale(type="log", domain=[steps[0], top], nice=False)
    y = y.title(say(f"{key}.axis")).axis(labelExpr=say.axis_numbers(), values=steps)
    x = alt.X("created_month:T").title(say.column("created_month"))
    series = {"p50": theme.BLUE, "p90": theme.AMBER, "largest": theme.NEUTRAL}
    names = [say(f"{key}.{name}") for name in series]
    long = months.melt(["created_month", "repository_count"], list(series), "column", "value")
    long = long.assign(series=long["column"].map(dict(zip(series, names, strict=True))))
    base = alt.Chart(long, description=description).encode(
        x=x, y=y, color=alt.Color("series:N", scale=theme.scale(list(series), names, series), sort=names).title(None)
    )
    is_largest = f"datum.series == {names[2]!r}"
    read = read_anywhere(
        base.transform_filter(f"!({is_largest})").mark_line(),
        long,
        say,
        x="created_month",
        y="value",
        label="series",
        written=say.short,
        dated=say.month,
        log=True,
    )
    placed = bands.assign(low=bands["low"].fillna(steps[0]), end=months["created_month"].max())
    fits = alt.Chart(placed)
    return sum_of(
        read,
        base.transform_filter(is_largest).mark_point(size=30, opacity=0.7),
        fits.mark_text(align="left", baseline="top", dx=6, dy=5).encode(x=alt.value(0), y="high:Q", text="words:N"),
        under=fits.mark_rect(stroke=None, color=theme.BLUE).encode(
            y=alt.Y("low:Q"), y2="high:Q", opacity=alt.Opacity("place:O").scale(range=[0.2, 0.12, 0.06]).legend(None)
        ),
    ).properties(description=description, height=400)


def _newest_year(facts: Facts) -> pd.DataFrame:
    """The last twelve months drawn."""
    return facts.frame[facts.frame["created_month"] > facts.frame["created_month"].max() - pd.DateOffset(months=12)]


def _insight(facts: Facts) -> Sentence:
    """What the median model of the newest whole month needs, and how many models are made light, now and at first."""
    whole = facts.frame[~facts.frame["is_partial"]]
    month, first = (whole if len(whole) else facts.frame).iloc[-1], facts.beside["light"].iloc[0]
    said = {
        "month": Month(month["created_month"]),
        "parameters": Amount(month["p50"], "short"),
        "gb16": Amount(month["p50"] * BYTES[16] / 1e9, "gb"),
        "gb4": Amount(month["p50"] * BYTES[4] / 1e9, "gb"),
        "largest": Amount(_newest_year(facts)["largest"].max(), "short"),
        "share": Amount(_light_share(facts), "share"),
        "first": Amount(first["share"], "share"),
        "year": Year(first["middle"]),
    }
    return Sentence(f"{SECTION}.see", said)


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_challenges")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.challenges.{row['indicator']}.name"),
            cell(facts, say, row, NEEDS),
            say(f"{SECTION}.challenges.{row['indicator']}.road"),
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.{heading}") for heading in ("challenge", "number", "road")])


def _light_share(facts: Facts) -> float:
    """Share of the models of the last twelve months that are adapters or quantised."""
    newest = _newest_year(facts)
    return float(newest["light_count"].sum() / newest["model_count"].sum())


def _finding(facts: Facts, choices: Choices) -> Sentence | None:
    """The median size in the newest whole month."""
    whole = facts.frame[~facts.frame["is_partial"]]
    if whole.empty:
        return None
    said = {"month": Month(whole["created_month"].iloc[-1]), "parameters": Amount(whole["p50"].iloc[-1], "parameters")}
    return Sentence("findings.median_size", said)


LESSON = Lesson(
    slug="challenges",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(WHOLE,),
        finding=_finding,
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), needs=NEEDS),
    insight=_insight,
    guess=Number(_light_share, low=0.0, high=1.0, step=0.01, unit="share"),
    references=("strubell2019", "luccioni2023", "dettmers2023", "frantar2022", "hoffmann2022", "mitchell2019"),
    more=(course_facts.ACCELERATORS,),
    extras=(BITS,),
)
