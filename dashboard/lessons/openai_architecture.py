"""Lesson 5: what happens between a call and a bill."""

import pandas as pd

from dashboard.charts import lesson_openai_architecture as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table
from dashboard.figures.series import listing_snapshot
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators, measured
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_openai_architecture"


def _read_list(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, "openai_models", lacking="no_openai")
    frame = warehouse.query(query, snapshot_at=snapshot.snapshot_at)
    if frame.empty:
        raise NothingToShow("no_openai")
    return Facts(frame, warehouse.sql(query, snapshot_at=snapshot.snapshot_at), snapshot)


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_list(warehouse, choices, "lesson_openai_architecture_figure")
    known = facts.frame.dropna(subset=["endpoint", "label_en"]).reset_index(drop=True)
    if known.empty:
        raise NothingToShow("no_openai")
    total = int(facts.frame["model_count"].sum())
    shown = int(known["model_count"].sum())
    return facts.with_(frame=known, shown=shown, total=total, values={"n": shown})


def _words(facts: Facts, say: Say) -> dict[str, str]:
    """The numbers of the whole list in words."""
    families = facts.frame
    by_endpoint = families.groupby("endpoint")["model_count"].sum()
    return {
        "n": say.number(facts.values["n"]),
        "endpoints": say.number(len(set(families["endpoint"].str.split(", ").explode()))),
        "families": say.number(len(families)),
        "priced": say.number(families["priced_count"].sum()),
        "low": measured(say, families["lowest_usd_per_mtok"].min(), "usd"),
        "high": measured(say, families["highest_usd_per_mtok"].max(), "usd"),
        "endpoint": say.listing(str(by_endpoint.idxmax()).split(", ")),
        "share": say.share(by_endpoint.max() / by_endpoint.sum()),
    }


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    words = _words(facts, say)
    boxes = {stage: say(f"{SECTION}.boxes.{stage}", **words) for stage in ("client", "usage", "bill")}
    named = facts.frame.assign(family=facts.frame[f"label_{say.language}"])
    return charts.request_path(named, boxes, say, description=say(f"{SECTION}.figure.alt", **words))


def _see(facts: Facts, say: Say) -> str:
    return say(f"{SECTION}.see", **_words(facts, say))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.feature", f"{SECTION}.meaning", f"{SECTION}.measure")
    return indicators(facts.frame, say, f"{SECTION}.features", headings)


def _largest_families(facts: Facts, say: Say) -> list[str]:
    ordered = facts.frame.sort_values(["model_count", "label_en"], ascending=[False, True])
    return [str(family) for family in ordered[f"label_{say.language}"].head(4)]


LESSON = Lesson(
    slug="openai_architecture",
    number=5,
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",), source="openai"
    ),
    table=Table(
        f"{SECTION}.table",
        lambda warehouse, choices: _read_list(warehouse, choices, "lesson_openai_architecture"),
        _lay,
        caveats=(f"{SECTION}.table.caveat",),
        source="openai",
    ),
    see=_see,
    guess=Order(_largest_families),
    references=("brown2020", "ouyang2022", "openai2023"),
)
