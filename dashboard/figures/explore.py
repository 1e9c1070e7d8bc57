"""The figure of a few repositories compared over time."""

from dashboard.charts import explore as charts
from dashboard.charts.breaks import with_breaks
from dashboard.choices import SEPARATOR, Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, chosen_snapshot, need_each
from dashboard.figures.over_time import download_breaks, segments
from dashboard.say import Say
from dashboard.sentences import Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

MOST = 5
MEASURES = ("downloads_30d", "downloads_all_time", "likes")


def chosen_ids(choices: Choices) -> list[str]:
    """The repositories of the link's `ids=`, at most five, each once."""
    return [name for name in dict.fromkeys(choices.extra("ids").split(SEPARATOR)) if name][:MOST]


def measure(choices: Choices) -> str:
    """What is compared: Spaces have likes only."""
    asked = choices.extra("measure")
    return "likes" if choices.kind == "space" else asked if asked in MEASURES else MEASURES[0]


def _read_history(warehouse: Warehouse, choices: Choices) -> Facts:
    need_each(warehouse)
    snapshot = chosen_snapshot(warehouse, choices)
    at = {
        "kind": snapshot.kind,
        "coverage": snapshot.coverage,
        "snapshot_at": snapshot.snapshot_at,
        "ids": chosen_ids(choices),
    }
    frame = warehouse.query("repository_history", **at)
    compared = measure(choices)
    if frame.empty:
        raise NothingToShow("not_listed", kind=choices.kind)
    if frame[compared].isna().all():
        raise NothingToShow("not_counted", kind=choices.kind)
    return Facts(
        frame[["id", "snapshot_at", "is_after_gap", *MEASURES, "counted_at"]],
        warehouse.sql("repository_history", **at),
        snapshot,
        beside={"breaks": download_breaks(warehouse, choices, compared)},
        values={"measure": Words(f"ui.weight.{compared}"), "n": frame["id"].nunique()},
        notes=("explore.caveats.one_snapshot",) if frame["snapshot_at"].nunique() == 1 else (),
    )


def _draw_history(facts: Facts, say: Say, choices: Choices) -> Chart:
    compared = measure(choices)
    moments = sorted(facts.frame["snapshot_at"].unique())
    place = {moment: number for number, moment in enumerate(moments)}
    frame = facts.frame.sort_values(["id", "snapshot_at"])
    # A snapshot that others are in and this repository is not breaks its line, as a pause in collection does.
    skipped = frame["snapshot_at"].map(place).groupby(frame["id"]).diff() > 1
    unknown_before = frame[compared].isna().groupby(frame["id"]).shift(fill_value=False)
    broken = frame.assign(value=frame[compared], is_after_gap=frame["is_after_gap"] | skipped | unknown_before)
    drawn = charts.history(segments(broken, by="id"), say, measure=say(f"ui.weight.{compared}"))
    return with_breaks(drawn, frame["snapshot_at"], facts.beside["breaks"], say)


HISTORY = Figure("explore.history", _read_history, _draw_history, caveats=("explore.caveats.points",))

FIGURES = (HISTORY,)
