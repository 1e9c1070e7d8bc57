"""Lesson 1: where Hugging Face comes from, and how its Hub grew."""

import pandas as pd

from dashboard.charts import lesson_origins as charts
from dashboard.choices import KINDS, Choices, Extra
from dashboard.figures import growth
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.lessons.guess import Line
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_origins"
SCALE = Extra("scale", "linear", ("linear", "log"))


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.Chart:
    return charts.told(facts.frame, facts.beside["history"], say, log=choices.extra(SCALE.name) == "log")


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    """Growth as its own page shows it; here the milestones are named in the picture, not lettered."""
    facts = growth.CUMULATIVE.read(warehouse, choices)
    return facts.with_(beside={"history": facts.beside["milestones"]})


def _models(facts: Facts) -> pd.DataFrame:
    """created_month, cumulative_count of models, oldest first."""
    frame = facts.frame
    return frame[frame["kind"] == "model"].sort_values("created_month")


def _see(facts: Facts, say: Say) -> str:
    """How long the last doubling took."""
    months = _models(facts)
    last = months.iloc[-1]
    half = months[months["cumulative_count"] >= last["cumulative_count"] / 2].iloc[0]
    elapsed = (last["created_month"] - half["created_month"]).days / 30.44
    return say(
        f"{SECTION}.see",
        count=say.number(last["cumulative_count"]),
        half=say.month(half["created_month"]),
        months=say.number(elapsed),
    )


def _by_year(facts: Facts, say: Say) -> dict[str, float]:
    """Models at the end of each year; of the last one, at its last month drawn."""
    months = _models(facts)
    ends = months.groupby(months["created_month"].dt.year).tail(1)
    return {say.month(row["created_month"]): float(row["cumulative_count"]) for row in ends.to_dict("records")}


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.feature", f"{SECTION}.meaning", f"{SECTION}.evidence")
    table = indicators(facts.frame, say, f"{SECTION}.features", headings)
    table[say(f"{SECTION}.since")] = [
        "–" if pd.isna(row["since_date"]) else say.month(row["since_date"]) for row in facts.frame.to_dict("records")
    ]
    return table


LESSON = Lesson(
    slug="origins",
    number=1,
    figure=Figure(f"{SECTION}.figure", _read, _draw, caveats=growth.CUMULATIVE.caveats, kinds=KINDS[:1]),
    table=Table(
        f"{SECTION}.table", read=lambda warehouse, choices: read_at(warehouse, choices, "lesson_origins"), lay=_lay
    ),
    see=_see,
    guess=Line(_by_year, given=2, unit="short"),
    references=("wolf2020", "devlin2018", "brown2020"),
    extras=(SCALE,),
)
