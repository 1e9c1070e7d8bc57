"""Lesson 10: what open models permit, and where that is an advantage."""

import pandas as pd

from dashboard.charts import lesson_advantages as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.series import segments
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson, Table
from dashboard.lessons.measures import with_total
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_advantages"


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_advantages_figure")
    frame = facts.frame.dropna(subset="share")
    if frame.empty:
        raise NothingToShow("empty", kind="model")
    line = frame["openness"] + frame["measure"]
    drawn = segments(frame.assign(line=line), by="line").drop(columns="line")
    newest = drawn[drawn["snapshot_at"] == drawn["snapshot_at"].max()]
    return facts.with_(frame=drawn, values={f"{row.openness}_{row.measure}": row.share for row in newest.itertuples()})


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    return charts.shares(facts.frame, say, description=say(f"{SECTION}.figure.alt", **_shares(facts, say)))


def _shares(facts: Facts, say: Say) -> dict[str, str]:
    return {
        f"{name}_{measure}": say.share(facts.values.get(f"{name}_{measure}", 0.0))
        for name in charts.OPENNESS
        for measure in charts.MEASURES
    }


def _see(facts: Facts, say: Say) -> str:
    return say(f"{SECTION}.see", **_shares(facts, say))


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
        lambda facts: facts.values.get("open_source_downloads_30d", 0.0), low=0.0, high=1.0, step=0.01, unit="share"
    ),
    references=("contractor2022", "solaiman2023", "scao2022", "touvron2023"),
)
