"""Figures of licences: what repositories permit, now and by month of creation."""

import pandas as pd

from dashboard.charts import licences as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.narrowing import read_narrowed
from dashboard.figures.over_time import enough, marked
from dashboard.figures.weights import COLUMNS
from dashboard.needs import WHOLE
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

NOT_STATED = ("undeclared", "unknown")
SHOWN_LICENCES = 16


def _read(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    """Rows of a query by licence class, of all that a snapshot lists."""
    return weighed_licences(read_at(warehouse, choices, query), choices)


def weighed_licences(facts: Facts, choices: Choices) -> Facts:
    """Facts with `value`, what the reader weighs by; repositories without a licence stay only if the reader wants."""
    frame = facts.frame.assign(value=facts.frame[COLUMNS[choices.weight]])
    if frame["value"].isna().all():
        raise NothingToShow("not_counted", kind=choices.kind)
    is_stated = ~frame["licence_class"].isin(NOT_STATED)
    is_told = frame["licence_class"] != "unknown"  # what the listing does not tell, nobody left out
    undeclared = int(frame.loc[~is_stated & is_told, "repository_count"].sum()) if is_told.any() else None
    kept = frame if choices.with_undeclared else frame[is_stated]
    kept = kept.dropna(subset="value")
    if kept.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    declared = int(frame.loc[is_stated, "repository_count"].sum())
    return facts.with_(frame=kept.reset_index(drop=True), shown=declared, undeclared=undeclared)


def _read_classes(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_narrowed(warehouse, choices, "narrowed_licences", "licence_class_mix")
    if "licence_id" in facts.frame:
        sums = ["repository_count", "downloads_30d", "downloads_all_time"]
        by_class = facts.frame.groupby("licence_class", sort=False)
        classes = by_class[sums].sum(min_count=1).assign(licence_count=by_class["licence_id"].nunique())
        facts = facts.with_(frame=classes.reset_index())
    facts = weighed_licences(facts, choices)
    return facts.with_(frame=facts.frame.assign(share=share_of(facts.frame["value"], facts.frame["value"].sum())))


def _draw_classes(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.classes(facts.frame, say, measure=say(f"ui.weight.{choices.weight}"))


def _read_mix(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = weighed_licences(read_narrowed(warehouse, choices, "narrowed_licences", "licence_ranking"), choices)
    ordered = facts.frame.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    return facts.with_(frame=ordered)


def _draw_mix(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.licences(facts.frame, say, measure=say(f"ui.weight.{choices.weight}"), keep=SHOWN_LICENCES)


def _read_by_month(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read(warehouse, choices, "licence_class_by_month")
    dated = enough(facts.frame.dropna(subset="created_month"), "created_month")
    totals = dated.groupby("created_month")["value"].transform("sum")
    drawn = dated.assign(share=share_of(dated["value"], totals))[totals > 0]
    if drawn["created_month"].nunique() < 2:
        raise NothingToShow("empty", kind=choices.kind)
    return marked(facts.with_(frame=drawn.reset_index(drop=True), notes=("growth.caveats.few",)), "created_month")


def _draw_by_month(facts: Facts, say: Say, choices: Choices) -> Chart:
    filled = _every_month(facts.frame)
    return charts.by_month(filled, say, measure=say(f"ui.weight.{choices.weight}"))


def _every_month(frame: pd.DataFrame) -> pd.DataFrame:
    """A row for each class in each month, 0 where no repository has it (none, not unknown)."""
    wide = frame.pivot(index="created_month", columns="licence_class", values=["value", "share"]).fillna(0)
    return wide.stack(level="licence_class").reset_index()


def share_of(values: pd.Series, total: pd.Series | float) -> pd.Series:
    """Each value as a fraction of the total."""
    return values.astype(float) / total


CLASSES = Figure(
    "licences.classes",
    _read_classes,
    _draw_classes,
    caveats=("licences.caveats.tags",),
    is_weighed=True,
    finding=findings.terms,
)
MIX = Figure(
    "licences.mix",
    _read_mix,
    _draw_mix,
    caveats=("licences.caveats.several",),
    is_weighed=True,
    finding=findings.leads("licence_id", "value"),
)
BY_MONTH = Figure(
    "licences.by_month",
    _read_by_month,
    _draw_by_month,
    caveats=("licences.caveats.now",),
    is_weighed=True,
    needs=(WHOLE,),
    finding=findings.moved_most(
        "licence_class", "created_month", "share", findings.label("licences.class", "licence_class")
    ),
)

FIGURES = (CLASSES, MIX, BY_MONTH)
