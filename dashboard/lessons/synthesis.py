"""Lesson 13: the open and the closed ecosystem on the same indicators, now and a year before."""

import pandas as pd

from dashboard.charts import lesson_synthesis as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import filled, measured
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_synthesis"
QUESTIONS = ("open_source", "use", "original", "speed", "gate", "closed", "community")


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_synthesis_figure")
    before = facts.frame["before_at"].iloc[0]
    return facts.with_(
        frame=facts.frame.assign(factor=facts.frame["now_value"] / facts.frame["before_value"]),
        notes=(f"{SECTION}.figure.no_earlier",) if pd.isna(before) else (),
    )


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    rows = facts.frame.assign(
        label=[say(f"{SECTION}.indicators.{indicator}") for indicator in facts.frame["indicator"]],
        words=[_words(row, say) for row in facts.frame.to_dict("records")],
    )
    return charts.factors(rows, say)


def _words(row: dict, say: Say) -> str:
    now = measured(say, row["now_value"], row["unit"])
    if pd.isna(row["before_value"]):
        return now
    return f"{measured(say, row['before_value'], row['unit'])} → {now}"


def _value(facts: Facts, indicator: str, side: str, column: str) -> float:
    rows = facts.frame.query("indicator == @indicator and side == @side")
    return float(rows[column].iloc[0]) if len(rows) else float("nan")


def _see(facts: Facts, say: Say) -> str:
    """How the two prices and the two counts moved."""
    factors = [_value(facts, "models", side, "factor") for side in ("open", "closed")]
    grown = ""
    if not any(map(pd.isna, factors)):
        grown = say(f"{SECTION}.see_grown", open=f"{factors[0]:.2f}", closed=f"{factors[1]:.2f}")
    return grown + say(
        f"{SECTION}.see",
        open_price=measured(say, _value(facts, "price", "open", "now_value"), "usd"),
        closed_price=measured(say, _value(facts, "price", "closed", "now_value"), "usd"),
    )


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_synthesis")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    values = filled(say, facts.frame.iloc[0].to_dict())
    rows = [(say(f"{SECTION}.faq.{name}.ask"), say(f"{SECTION}.faq.{name}.answer", **values)) for name in QUESTIONS]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.question"), say(f"{SECTION}.answer")])


def _price_ratio(facts: Facts) -> float:
    return _value(facts, "price", "closed", "now_value") / _value(facts, "price", "open", "now_value")


LESSON = Lesson(
    slug="synthesis",
    number=13,
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",), source="several"
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    see=_see,
    guess=Number(_price_ratio, low=0.0, high=50.0, step=0.5, unit="factor"),
    references=("bommasani2021", "solaiman2023", "wolf2020", "brown2020"),
)
