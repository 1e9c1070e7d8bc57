"""Lesson 9: what the open ecosystem does with large models, and how fast."""

import pandas as pd

from dashboard.charts import lesson_ecosystem_impact as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators, measured
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_ecosystem_impact"


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_ecosystem_impact_figure")
    drawn = facts.frame[facts.frame["relation"].isin(charts.RELATIONS)]
    return facts.with_(frame=drawn.reset_index(drop=True), shown=int(drawn["derivative_count"].sum()))


def _families(facts: Facts) -> pd.DataFrame:
    """One row a family, the largest first."""
    return facts.frame.drop_duplicates("family_id")


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    parts = [
        say(f"{SECTION}.figure.part", family=row.family, n=say.number(row.family_total), days=say.days(row.median_days))
        for row in _families(facts).itertuples()
    ]
    return charts.families(facts.frame, say, description=say(f"{SECTION}.figure.alt", parts=say.listing(parts)))


def _see(facts: Facts, say: Say) -> str:
    """The family with most derivatives, what it is made into most, and how fast."""
    first = _families(facts).iloc[0]
    made = facts.frame[facts.frame["family_id"] == first["family_id"]].groupby("relation")["derivative_count"].sum()
    return say(
        f"{SECTION}.see",
        family=first["family"],
        n=say.number(first["family_total"]),
        relation=say(f"lineage.relation.{made.idxmax()}"),
        share=say.share(made.max() / made.sum()),
        days=measured(say, first["median_days"], "days"),
    )


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_ecosystem_impact")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    return indicators(
        facts.frame, say, f"{SECTION}.factors", (f"{SECTION}.factor", f"{SECTION}.meaning", f"{SECTION}.measure")
    )


LESSON = Lesson(
    slug="ecosystem_impact",
    number=9,
    figure=Figure(f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",)),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",)),
    see=_see,
    guess=Order(lambda facts, say: list(_families(facts)["family"])[:5]),
    references=("hu2021", "dettmers2023", "bommasani2021", "touvron2023"),
)
