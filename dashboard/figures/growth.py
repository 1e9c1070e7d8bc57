"""Figures of growth: how many repositories there are, by month of creation and by snapshot."""

from dashboard.charts import growth as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, chosen_snapshot
from dashboard.say import Say
from warehouse.read import Warehouse


def _read_cumulative(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = chosen_snapshot(warehouse, choices)
    if snapshot.coverage != "full":
        raise NothingToShow("growth_needs_full", kind=choices.kind)
    at = {"coverage": "full", "as_of": snapshot.snapshot_at}
    frame = warehouse.query("growth_cumulative", **at)
    unknown = int(frame.loc[frame["created_month"].isna() & (frame["kind"] == choices.kind), "survivor_count"].sum())
    return Facts(
        frame.dropna(subset="created_month"),
        warehouse.sql("growth_cumulative", **at),
        snapshot,
        shown=snapshot.repository_count - unknown,
        total=snapshot.repository_count,
        undeclared=unknown,
        beside={"milestones": warehouse.query("milestones")},
    )


def _draw_cumulative(facts: Facts, say: Say, choices: Choices) -> charts.Chart:
    return charts.cumulative(facts.frame, facts.beside["milestones"], say, log=choices.extra("scale") == "log")


CUMULATIVE = Figure("growth.cumulative", _read_cumulative, _draw_cumulative, caveats=("growth.caveats.survivors",))

FIGURES = (CUMULATIVE,)
