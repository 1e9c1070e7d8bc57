"""Lesson 10: what open models permit, and where that is an advantage."""

import math

import pandas as pd

from dashboard.charts import lesson_advantages as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.figures.series import segments
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import with_total
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_advantages"
CLEARLY = 0.8
"""One share is clearly below another when it is less than so much of it."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_advantages_figure")
    frame = facts.frame.dropna(subset="share")
    if frame.empty:
        raise NothingToShow("empty", kind="model")
    line = frame["openness"] + frame["measure"]
    drawn = segments(frame.assign(line=line), by="line").drop(columns="line")
    newest = drawn[drawn["snapshot_at"] == drawn["snapshot_at"].max()]
    counted = newest[newest["measure"] == "repositories"]
    unstated = int(counted.loc[counted["openness"] == "unstated", "n"].sum())
    return facts.with_(
        frame=drawn, shown=int(counted["n"].sum()) - unstated, undeclared=unstated, values=_newest(newest)
    )


def _newest(newest: pd.DataFrame) -> dict[str, float]:
    """Shares by terms and measure; terms that nobody states have none, a measure that nobody took is left out."""
    taken = set(newest["measure"])
    shares = {f"{row.openness}_{row.measure}": row.share for row in newest.itertuples()}
    return {f"{name}_{one}": shares.get(f"{name}_{one}", 0.0) for name in charts.OPENNESS for one in taken}


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    return charts.shares(facts.frame, say, description=say(f"{SECTION}.figure.alt", **_shares(facts, say)))


def _shares(facts: Facts, say: Say) -> dict[str, str]:
    return {
        f"{name}_{measure}": say.share(facts.values.get(f"{name}_{measure}"))
        for name in charts.OPENNESS
        for measure in charts.MEASURES
    }


def _see(facts: Facts, say: Say) -> str:
    """What is open by number and by use, and which of the two says more about its terms."""
    said = say(f"{SECTION}.see", **_shares(facts, say))
    uploaded, used = (facts.values.get(f"unstated_{measure}") for measure in charts.MEASURES)
    if uploaded is None or used is None:
        return said
    verdict = "better" if used < uploaded * CLEARLY else "worse" if uploaded < used * CLEARLY else "alike"
    return f"{said}{say(f'{SECTION}.verdict.{verdict}')}"


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_advantages")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.scenarios.{row['scenario']}.name"),
            say(f"{SECTION}.scenarios.{row['scenario']}.advantage"),
            say(
                f"{SECTION}.scenarios.{row['scenario']}.number",
                n=with_total(say, row["value"], row["unit"], row["total"]),
            ),
            "–" if pd.isna(row["leader"]) else row["leader"],
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(
        rows, columns=[say(f"{SECTION}.{name}") for name in ("scenario", "advantage", "number", "leader")]
    )


LESSON = Lesson(
    slug="advantages",
    number=10,
    figure=Figure(f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",)),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    see=_see,
    guess=Number(
        lambda facts: facts.values.get("open_source_downloads_30d", math.nan),
        low=0.0,
        high=1.0,
        step=0.01,
        unit="share",
    ),
    references=("contractor2022", "solaiman2023", "scao2022", "touvron2023"),
)
