"""Lesson: the open and the closed ecosystem on the same indicators, now and a year before."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import filled
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Sentences
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_synthesis"
QUESTIONS = ("open_source", "use", "original", "speed", "gate", "closed", "community")
SIDES = ("open", "closed")


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_synthesis_figure")
    before = facts.frame["before_at"].iloc[0]
    return facts.with_(
        frame=facts.frame.assign(factor=facts.frame["now_value"] / facts.frame["before_value"]),
        notes=(f"{SECTION}.figure.no_earlier",) if pd.isna(before) else (),
    )


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    rows = facts.frame.assign(
        label=[say(f"{SECTION}.indicators.{indicator}") for indicator in facts.frame["indicator"]],
        words=[_words(row, say) for row in facts.frame.to_dict("records")],
    )
    return chart(rows, say)


def chart(rows: pd.DataFrame, say: Say) -> Chart:
    """One bar for each indicator and side, from 1 (unchanged) to the factor of a year; the values stand behind it.

    rows: indicator and side (text), label (indicator in words), words ("before → now"), factor (unknown where there is
    no earlier value).
    """
    labels = [say(f"{SECTION}.sides.{side}") for side in SIDES]
    worded = rows.assign(side=[say(f"{SECTION}.sides.{side}") for side in rows["side"]], one=1.0)
    largest = max(rows["factor"].max(), 1 / rows["factor"].min(), 1.2) if rows["factor"].notna().any() else 1.2
    base = alt.Chart(worded).encode(
        y=alt.Y("label:N", sort=list(dict.fromkeys(rows["label"]))).title(None).scale(paddingInner=0.25),
        yOffset=alt.YOffset("side:N", sort=labels).scale(paddingInner=0.15),
        tooltip=[
            tip(say, "label:N", say(f"{SECTION}.indicator")),
            tip(say, "side:N", say(f"{SECTION}.side")),
            tip(say, "words:N", say(f"{SECTION}.figure.axis")),
        ],
    )
    x = (
        alt.X("factor:Q")
        .scale(type="log", domain=[1 / largest, largest**2.4], nice=False)
        .axis(labelExpr="'×' + format(datum.value, '.2~f')", grid=True, tickCount=5)
        .title(say(f"{SECTION}.figure.axis"))
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(band=0.9)).encode(
        x=x, x2="one:Q", color=alt.Color("side:N", scale=theme.scale(SIDES, labels, theme.OPENNESS)).title(None)
    )
    words = base.transform_calculate(end="isValid(datum.factor) ? max(datum.factor, 1) : 1").mark_text(
        align="left", dx=8
    )
    return alt.layer(
        bars,
        words.encode(x="end:Q", text="words:N"),
        description=say(
            f"{SECTION}.figure.alt",
            parts=say.listing([f"{row['label']} ({row['side']}): {row['words']}" for row in worded.to_dict("records")]),
        ),
        height=330,
    )


def _words(row: dict[str, Any], say: Say) -> str:
    now = say.measured(row["now_value"], row["unit"])
    if pd.isna(row["before_value"]):
        return now
    return f"{say.measured(row['before_value'], row['unit'])} → {now}"


def _value(facts: Facts, indicator: str, side: str, column: str) -> float:
    rows = facts.frame.query("indicator == @indicator and side == @side")
    return float(rows[column].iloc[0]) if len(rows) else float("nan")


def _insight(facts: Facts) -> Sentences:
    """How the two prices and the two counts moved."""
    factors = [_value(facts, "models", side, "factor") for side in SIDES]
    prices = {f"{side}_price": Amount(_value(facts, "price", side, "now_value"), "usd") for side in SIDES}
    said = Sentence(f"{SECTION}.see", prices)
    if any(map(pd.isna, factors)):
        return Sentences((said,))
    grown = {side: Amount(factor, "ratio") for side, factor in zip(SIDES, factors, strict=True)}
    return Sentences((Sentence(f"{SECTION}.see_grown", grown), said))


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
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",), source="several"
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    insight=_insight,
    guess=Number(_price_ratio, low=0.0, high=50.0, step=0.5, unit="factor"),
    references=("bommasani2021", "solaiman2023", "wolf2020", "brown2020"),
)
