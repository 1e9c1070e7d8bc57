"""Figures of the collection itself: when each series was read, and what its repositories declare."""

from dashboard.charts import data as charts
from dashboard.choices import KINDS, Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, coverage_words, read_at
from dashboard.figures.over_time import FAR_FUTURE
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

FIELDS = (
    "created_known_count",
    "downloads_known_count",
    "task_declared_count",
    "library_declared_count",
    "licence_declared_count",
    "card_count",
    "base_declared_count",
    "language_declared_count",
    "parameters_declared_count",
)
STATED_BY = {
    "downloads_known_count": ("model", "dataset"),
    "task_declared_count": ("model", "dataset"),
    "library_declared_count": ("model",),
    "base_declared_count": ("model",),
    "parameters_declared_count": ("model",),
}


def _read_series(warehouse: Warehouse, choices: Choices) -> Facts:
    frame = warehouse.query("snapshots").drop(columns="endpoint")  # which mirror was asked is no reader's business
    known = frame[frame["snapshot_at"] <= (choices.as_of or FAR_FUTURE)]
    if known.empty:
        raise NothingToShow("no_snapshot", kind=choices.kind)
    return Facts(known, warehouse.sql("snapshots"), None, is_made_up=warehouse.is_simulated)


def _draw_series(facts: Facts, say: Say, choices: Choices) -> Chart:
    ordered = facts.frame.sort_values(["listing", "coverage", "snapshot_at"])
    named = zip(ordered["listing"], ordered["coverage"], ordered["coverage_limit"], strict=True)
    return charts.series(ordered.assign(series=[series_name(*series, say) for series in named]), say)


def series_name(listing: str, coverage: str, limit: int | None, say: Say) -> str:
    """A series in words: "Hub: models, top 10,000 by downloads"."""
    kind = listing.removeprefix("hub_").removesuffix("s")
    return say.listing([say.label("sources.listing", listing), coverage_words(kind, coverage, limit, say)])


def _read_declared(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "population")


def _draw_declared(facts: Facts, say: Say, choices: Choices) -> Chart:
    fields = [name for name in FIELDS if choices.kind in STATED_BY.get(name, KINDS)]
    counts = facts.frame[fields].iloc[0].rename("declared_count").rename_axis("name").reset_index()
    total = facts.total or 1
    named = counts.assign(
        field=[say(f"data.field.{name}") for name in counts["name"]], share=counts["declared_count"] / total
    )
    return charts.declared(named.sort_values("share", ascending=False), say, total=total)


SERIES = Figure("data.series", _read_series, _draw_series, caveats=("data.caveats.series",), kinds=(), source="run_log")
DECLARED = Figure("data.declared", _read_declared, _draw_declared, caveats=("data.caveats.declared",))

FIGURES = (SERIES, DECLARED)
