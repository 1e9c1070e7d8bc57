"""Figures of how large models are."""

from dashboard.charts import sizes as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.over_time import enough, marked
from dashboard.figures.weights import weighed
from dashboard.needs import WHOLE
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse


def _read_by_month(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = weighed(read_at(warehouse, choices, "model_sizes"), choices, category="size_class")
    dated = enough(facts.frame.dropna(subset=["created_month", "value"]), "created_month")
    dated = dated.drop(columns=["kind", "coverage", "snapshot_at"])
    whole = dated.groupby("created_month")["value"].transform("sum")
    frame = dated.assign(share=dated["value"] / whole, month_total=whole)[whole > 0]
    if frame.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    ordered = frame.sort_values(["created_month", "size_class"]).reset_index(drop=True)
    return marked(facts.with_(frame=ordered, notes=("growth.caveats.few",)), "created_month")


def _draw_by_month(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.by_month(facts.frame, say, measure=say(f"ui.weight.{choices.weight}"))


def _read_percentiles(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "size_percentiles")
    shown = int(facts.frame["repository_count"].sum())
    return facts.with_(
        frame=facts.frame.drop(columns=["kind", "coverage", "snapshot_at"]),
        shown=shown,
        undeclared=(facts.total or 0) - shown,
    )


def _draw_percentiles(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.percentiles(facts.frame, say)


BY_MONTH = Figure(
    "open_closed.sizes",
    _read_by_month,
    _draw_by_month,
    caveats=("open_closed.caveats.sizes",),
    kinds=("model",),
    is_weighed=True,
    needs=(WHOLE,),
    finding=findings.moved_most(
        "size_class", "created_month", "share", findings.label("open_closed.size", "size_class")
    ),
)
PERCENTILES = Figure(
    "open_closed.size_percentiles",
    _read_percentiles,
    _draw_percentiles,
    caveats=("open_closed.caveats.percentiles",),
    kinds=("model",),
    needs=(WHOLE,),
)

FIGURES = (BY_MONTH, PERCENTILES)
