"""Figures of growth: how many repositories there are, by month of creation, by snapshot, and as others published it."""

from dashboard.charts import growth as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, chosen_snapshot, read_at
from dashboard.figures.over_time import FAR_FUTURE, segments
from dashboard.needs import WHOLE
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

EVERY = (WHOLE.because("growth_needs_full"),)


def _read_cumulative(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = chosen_snapshot(warehouse, choices)
    at = {"coverage": snapshot.coverage, "as_of": snapshot.snapshot_at}
    frame = warehouse.query("growth_cumulative", **at)
    unknown = int(frame.loc[frame["created_month"].isna() & (frame["kind"] == choices.kind), "survivor_count"].sum())
    dated = frame.dropna(subset="created_month")
    if dated.empty:
        raise NothingToShow("no_dates", kind=choices.kind)
    return Facts(
        dated,
        warehouse.sql("growth_cumulative", **at),
        snapshot,
        shown=snapshot.repository_count - unknown,
        total=snapshot.repository_count,
        undeclared=unknown,
        beside={"milestones": warehouse.query("milestones")},
    )


def _draw_cumulative(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.cumulative(facts.frame, facts.beside["milestones"], say, log=choices.extra("scale") == "log")


def _read_created(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "growth")
    dated = facts.frame.dropna(subset="created_month")
    if dated.empty:
        raise NothingToShow("no_dates", kind=choices.kind)
    survivors = int(dated["survivor_count"].sum())
    return facts.with_(frame=dated, shown=survivors, undeclared=(facts.total or 0) - survivors)


def _draw_created(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.created(facts.frame, say, kind=choices.kind)


def _read_population(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = chosen_snapshot(warehouse, choices)
    at = {"coverage": snapshot.coverage, "as_of": snapshot.snapshot_at}
    frame = warehouse.query("whole_hub_counts", **at)
    notes = ("growth.caveats.one_snapshot",) if frame["snapshot_at"].nunique() == 1 else ()
    return Facts(segments(frame, "kind"), warehouse.sql("whole_hub_counts", **at), snapshot, notes=notes)


def _draw_population(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.population(facts.frame, say, log=choices.extra("scale") == "log")


def _read_published(warehouse: Warehouse, choices: Choices) -> Facts:
    """Our own counts stand beside the published ones only when they are of the same Hub."""
    snapshot = warehouse.snapshot(choices.kind, choices.coverage, choices.as_of)
    coverage = snapshot.coverage if snapshot and snapshot.is_whole else "full"
    counted = warehouse.query("whole_hub_counts", coverage=coverage, as_of=choices.as_of or FAR_FUTURE)
    at = {"as_of": choices.as_of or FAR_FUTURE, "is_simulated": warehouse.is_simulated}
    return Facts(
        warehouse.query("published_totals", **at),
        warehouse.sql("published_totals", **at),
        None,
        beside={"counted": counted.head(0) if warehouse.is_simulated else counted},
        notes=("growth.caveats.real_totals",) if warehouse.is_simulated else (),
    )


def _draw_published(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.published(facts.frame, facts.beside["counted"], say)


CUMULATIVE = Figure(
    "growth.cumulative",
    _read_cumulative,
    _draw_cumulative,
    caveats=("growth.caveats.survivors",),
    needs=EVERY,
    finding=findings.half,
)
CREATED = Figure("growth.created", _read_created, _draw_created, caveats=("growth.caveats.removals",), needs=EVERY)
POPULATION = Figure(
    "growth.population",
    _read_population,
    _draw_population,
    caveats=("growth.caveats.gaps",),
    needs=EVERY,
    finding=findings.population,
)
PUBLISHED = Figure(
    "growth.published",
    _read_published,
    _draw_published,
    caveats=("growth.caveats.published",),
    kinds=(),
    source="reference",
)

FIGURES = (CUMULATIVE, CREATED, POPULATION, PUBLISHED)
