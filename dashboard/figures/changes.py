"""Figures of what changed between two snapshots of the same coverage: licences, tasks, movers, the new and the vanished."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.charts import changes as charts
from dashboard.charts.downloads import movers
from dashboard.choices import COVERAGES, KINDS, Choices, read_pin
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, chosen_snapshot, need_each
from dashboard.needs import WHOLE
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Name, Words
from dashboard.theme import Chart
from warehouse.read import Snapshot, Warehouse

SINCE = "since"
"""The choice of the earlier snapshot, a pin as in an address; empty for the one a week or more before."""
LEAST_SHIFT = 0.1
"""Percentage points: a share that moved by less is not told, for from one class to the next that is no news."""
SHOWN_TASKS_EACH_WAY = 6
SHOWN_MOVERS_EACH_WAY = 6
SHOWN_REPOSITORIES = 10
MOVED = (
    "id",
    "direction",
    "change",
    "downloads_30d",
    "previous_downloads_30d",
    "downloads_all_time_change",
    "downloads_per_day",
    "likes",
    "previous_likes",
)


def newest(warehouse: Warehouse, as_of: datetime | None = None) -> Choices:
    """Models of the coverage that was collected last (by `as_of`), not of the widest: a whole listing may be months old."""
    listed = warehouse.query("snapshot_list")
    models = listed[listed["kind"] == KINDS[0]]
    if as_of is not None:
        models = models[models["snapshot_at"] <= as_of]
    last = set(models.loc[models["snapshot_at"] == models["snapshot_at"].max(), "coverage"])
    return Choices(coverage=next((name for name in COVERAGES if name in last), None))


@lru_cache(maxsize=64)
def two_snapshots(warehouse: Warehouse, choices: Choices) -> tuple[Snapshot, Snapshot]:
    """The earlier snapshot and the chosen one, of the same listing; NothingToShow when there are no such two.

    A build never changes, so what was found in it stays so.
    """
    now = chosen_snapshot(warehouse, choices)
    since = read_pin(choices.extra(SINCE))
    if since is not None and since >= now.snapshot_at:
        raise NothingToShow("changes_not_earlier", kind=choices.kind)
    at = {"kind": now.kind, "coverage": now.coverage, "snapshot_at": now.snapshot_at, "since": since}
    found = warehouse.query("changes_since", **at)
    if found.empty:
        raise NothingToShow("changes_no_earlier", kind=choices.kind)
    before = warehouse.snapshot(now.kind, now.coverage, found["snapshot_at"].iloc[0].to_pydatetime())
    if before is None or before.coverage_limit != now.coverage_limit:
        raise NothingToShow("changes_coverage", kind=choices.kind)
    return before, now


OF_EACH = ("changes_population", "changes_repositories")
"""Queries that compare the rows of repositories."""


def read_between(warehouse: Warehouse, choices: Choices, query: str, **parameters: Any) -> Facts:
    """Facts of a query that takes `$since_at` beside what `read_at` gives it; their snapshot is the later one."""
    if query in OF_EACH:
        need_each(warehouse)
    return _facts_between(warehouse, query, *two_snapshots(warehouse, choices), **parameters)


@lru_cache(maxsize=16)
def _facts_between(warehouse: Warehouse, query: str, before: Snapshot, now: Snapshot, **parameters: Any) -> Facts:
    """Kept, because what changed most comes from all counters of all repositories, and every tab says something of it."""
    at = {
        "kind": now.kind,
        "coverage": now.coverage,
        "since_at": before.snapshot_at,
        "snapshot_at": now.snapshot_at,
        **parameters,
    }
    return Facts(
        warehouse.query(query, **at),
        warehouse.sql(query, **at),
        now,
        total=now.repository_count,
        values={"before": before.snapshot_at, "days": days_between(before, now)},
    )


def days_between(before: Snapshot, now: Snapshot) -> str:
    """Days between two snapshots: whole ones, as nightly runs differ by seconds; a fraction only within the first."""
    days = (now.snapshot_at - before.snapshot_at).total_seconds() / 86_400
    return f"{days:.0f}" if days >= 1 else f"{days:.1f}"


def _read_shifts(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    facts = read_between(warehouse, choices, query, weight=choices.weight, with_undeclared=choices.with_undeclared)
    if facts.frame.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    known = facts.frame.dropna(subset="share_change_points")
    if known.empty:
        raise NothingToShow("not_counted", kind=choices.kind)
    moved = known[known["share_change_points"].abs() >= LEAST_SHIFT]
    if moved.empty:
        raise NothingToShow("changes_small", kind=choices.kind, least=f"{LEAST_SHIFT:g}")
    return facts.with_(frame=moved.reset_index(drop=True), values={**facts.values, "least": f"{LEAST_SHIFT:g}"})


def _read_licences(warehouse: Warehouse, choices: Choices) -> Facts:
    return _read_shifts(warehouse, choices, "changes_licences")


def _draw_licences(facts: Facts, say: Say, choices: Choices) -> Chart:
    labels = [say.label("licences.class", name) for name in facts.frame["licence_class"]]
    return charts.shifts(facts.frame.assign(label=labels), say, heading=say.column("licence_class"))


def _read_tasks(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_shifts(warehouse, choices, "changes_tasks")
    return facts.with_(values={**facts.values, "shown": SHOWN_TASKS_EACH_WAY})


def task_names(frame: pd.DataFrame) -> list[Words | Name]:
    """Names of tasks; what has none in a language keeps its id."""
    return [
        Words("tasks.undeclared")
        if row["task_id"] == "undeclared"
        else Name({language: row[f"label_{language}"] for language in LANGUAGES}, row["task_id"])
        for row in frame.to_dict("records")
    ]


def _draw_tasks(facts: Facts, say: Say, choices: Choices) -> Chart:
    ends = _ends(facts.frame, "share_change_points", SHOWN_TASKS_EACH_WAY)
    return charts.shifts(ends.assign(label=list(map(say.write, task_names(ends)))), say, heading=say.column("task"))


def _ends(frame: pd.DataFrame, change: str, each_way: int) -> pd.DataFrame:
    """The largest gains and the largest losses, from the one to the other."""
    ordered = frame.sort_values(change, ascending=False, kind="stable")
    return pd.concat([ordered[ordered[change] > 0].head(each_way), ordered[ordered[change] < 0].tail(each_way)])


def _lead(choices: Choices) -> str:
    """What use is measured by: Spaces have no downloads."""
    return "likes" if choices.kind == "space" else "downloads_30d"


def _read_repositories(warehouse: Warehouse, choices: Choices, *states: str) -> Facts:
    facts = read_between(warehouse, choices, "changes_repositories")
    frame = facts.frame[facts.frame["state"].isin(states)].reset_index(drop=True)
    if frame.empty:
        raise NothingToShow("changes_none", kind=choices.kind)
    frame = frame.drop(columns="rank").rename(columns={"state": "direction"})
    return facts.with_(frame=frame, values={**facts.values, "measure": Words(f"ui.weight.{_lead(choices)}")})


def _read_movers(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_repositories(warehouse, choices, "up", "down")
    changed = facts.frame.assign(change=facts.frame[f"{_lead(choices)}_change"])[list(MOVED)]
    return facts.with_(
        frame=changed.sort_values("change", ascending=False, kind="stable").reset_index(drop=True),
        notes=(f"downloads.caveats.movers_{_lead(choices)}",),
    )


def _draw_movers(facts: Facts, say: Say, choices: Choices) -> Chart:
    ends = _ends(facts.frame, "change", SHOWN_MOVERS_EACH_WAY)
    return movers(ends, say, measure=say(f"downloads.change.{_lead(choices)}"))


def _read_of_the_hub(warehouse: Warehouse, choices: Choices, state: str) -> Facts:
    """The new or the vanished, which only two whole listings tell: leaving a top-N list is no removal."""
    facts = _read_repositories(warehouse, choices, state)
    counts = read_between(warehouse, choices, "changes_population").frame.iloc[0]
    use = _lead(choices) if state == "new" else f"previous_{_lead(choices)}"
    columns = ["id", "created_at", use]
    return facts.with_(
        frame=facts.frame[columns],
        values={
            **facts.values,
            "n": int(counts[f"{state}_count"]),
            "shown": min(SHOWN_REPOSITORIES, len(facts.frame)),
        },
    )


def _read_new(warehouse: Warehouse, choices: Choices) -> Facts:
    return _read_of_the_hub(warehouse, choices, "new")


def _draw_new(facts: Facts, say: Say, choices: Choices) -> Chart:
    return _draw_used(facts, say, choices, _lead(choices), direction="up")


def _read_vanished(warehouse: Warehouse, choices: Choices) -> Facts:
    return _read_of_the_hub(warehouse, choices, "vanished")


def _draw_vanished(facts: Facts, say: Say, choices: Choices) -> Chart:
    return _draw_used(facts, say, choices, f"previous_{_lead(choices)}", direction="down")


def _draw_used(facts: Facts, say: Say, choices: Choices, use: str, *, direction: str) -> Chart:
    head = facts.frame.head(SHOWN_REPOSITORIES)
    return charts.used(head.assign(value=head[use]), say, measure=say.column(use), direction=direction)


def since(choices: Choices, pin: str) -> Choices:
    """The same view, compared with the snapshot of a pin."""
    return replace(choices, extras=(*((name, value) for name, value in choices.extras if name != SINCE), (SINCE, pin)))


LICENCES = Figure(
    "changes.licences",
    _read_licences,
    _draw_licences,
    caveats=("changes.caveats.licences",),
    is_weighed=True,
    finding=findings.shifted(findings.label("licences.class", "licence_class")),
)
TASKS = Figure("changes.tasks", _read_tasks, _draw_tasks, caveats=("changes.caveats.tasks",), is_weighed=True)
MOVERS = Figure(
    "changes.movers",
    _read_movers,
    _draw_movers,
    finding=findings.gained,
)
_EVERY = (WHOLE.because("changes_needs_full"),)
NEW = Figure("changes.new", _read_new, _draw_new, caveats=("changes.caveats.new",), needs=_EVERY)
VANISHED = Figure(
    "changes.vanished", _read_vanished, _draw_vanished, caveats=("changes.caveats.vanished",), needs=_EVERY
)

FIGURES = (LICENCES, TASKS, MOVERS, NEW, VANISHED)
