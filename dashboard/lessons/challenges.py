"""Lesson 11: what is hard about open models, and where the road leads."""

import pandas as pd

from dashboard.charts import lesson_challenges as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import measured, with_total
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_challenges"


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_challenges_figure")
    if len(facts.frame) < 2:
        raise NothingToShow("empty", kind="model")
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


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    light = facts.beside["light"]
    worded = light.assign(words=[say(f"{SECTION}.figure.light", share=say.share(share)) for share in light["share"]])
    last = facts.frame.iloc[-1]
    description = say(
        f"{SECTION}.figure.alt",
        month=say.month(last["created_month"]),
        p50=say.short(last["p50"]),
        p90=say.short(last["p90"]),
        largest=say.short(last["largest"]),
    )
    return charts.sizes(facts.frame, facts.beside["memory"], worded, say, description=description)


def _newest_year(facts: Facts) -> pd.DataFrame:
    """The last twelve months drawn."""
    return facts.frame[facts.frame["created_month"] > facts.frame["created_month"].max() - pd.DateOffset(months=12)]


def _see(facts: Facts, say: Say) -> str:
    """What the median model of the newest month needs, and how many models are made light, now and at first."""
    month, first = facts.frame.iloc[-1], facts.beside["light"].iloc[0]
    return say(
        f"{SECTION}.see",
        month=say.month(month["created_month"]),
        parameters=say.short(month["p50"]),
        gb16=measured(say, month["p50"] * charts.BYTES[16] / 1e9, "gb"),
        gb4=measured(say, month["p50"] * charts.BYTES[4] / 1e9, "gb"),
        largest=say.short(_newest_year(facts)["largest"].max()),
        share=say.share(_light_share(facts)),
        first=say.share(first["share"]),
        year=f"{first['middle']:%Y}",
    )


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_challenges")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.challenges.{row['indicator']}.name"),
            with_total(say, row["value"], row["unit"], row["total"]),
            say(f"{SECTION}.challenges.{row['indicator']}.road"),
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.{heading}") for heading in ("challenge", "number", "road")])


def _light_share(facts: Facts) -> float:
    """Share of the models of the last twelve months that are adapters or quantised."""
    newest = _newest_year(facts)
    return float(newest["light_count"].sum() / newest["model_count"].sum())


LESSON = Lesson(
    slug="challenges",
    number=11,
    figure=Figure(f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",)),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",)),
    see=_see,
    guess=Number(_light_share, low=0.0, high=1.0, step=0.01, unit="share"),
    references=("strubell2019", "luccioni2023", "dettmers2023", "frantar2022", "hoffmann2022", "mitchell2019"),
)
