"""Figures of what repositories are for: tasks by modality, the tasks OpenAI serves, libraries, languages."""

import pandas as pd

from dashboard.charts import tasks as charts
from dashboard.choices import KINDS, UNDECLARED, Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, chosen_snapshot, read_at
from dashboard.figures.weights import weighed
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

SHOWN_ROWS = 20
SHOWN_BESIDE = 18
POPULATIONS = ("hub_model_count", "openai_model_count")


def _head(frame: pd.DataFrame, category: str) -> pd.DataFrame:
    """The largest, and the undeclared wherever they stand."""
    return pd.concat([frame[frame[category] != UNDECLARED].head(SHOWN_ROWS), frame[frame[category] == UNDECLARED]])


def _named(frame: pd.DataFrame, say: Say, category: str) -> pd.Series:
    """Names in the reader's language; what has none there keeps its id."""
    names = frame[f"label_{say.language}"].fillna(frame[category])
    return names.mask(frame[category] == UNDECLARED, say("tasks.undeclared"))


def _read_coverage(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = weighed(read_at(warehouse, choices, "task_ranking"), choices, category="task_id")
    return facts.with_(
        values={"shown": min(SHOWN_ROWS, len(facts.frame)), "n": int((facts.frame["task_id"] != UNDECLARED).sum())},
        notes=(f"tasks.caveats.{choices.kind}",),
    )


def _draw_coverage(facts: Facts, say: Say, choices: Choices) -> Chart:
    head = _head(facts.frame, "task_id")
    # Modalities stand together, the one with the largest task first.
    rank = {name: place for place, name in enumerate(dict.fromkeys(head["modality"]))}
    ordered = head.sort_values("modality", key=lambda column: column.map(rank), kind="stable")
    return charts.coverage(
        ordered.assign(task=_named(ordered, say, "task_id")), say, measure=say(f"ui.weight.{choices.weight}")
    )


def _read_by_kind(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "tasks_by_kind")
    largest = facts.frame.groupby("task_id")["repository_count"].max().nlargest(SHOWN_BESIDE).index
    return facts.with_(values={"n": facts.frame["task_id"].nunique(), "shown": len(largest)}, total=None)


def _draw_by_kind(facts: Facts, say: Say, choices: Choices) -> Chart:
    wide = facts.frame.pivot(index="task_id", columns="kind", values="repository_count").fillna(0)
    present = [kind for kind in KINDS if kind in wide]
    largest = wide.loc[wide.max(axis=1).nlargest(SHOWN_BESIDE).index].sort_values(present, ascending=False)
    names = facts.frame.drop_duplicates("task_id").set_index("task_id").loc[largest.index].reset_index()
    long = largest.set_axis(_named(names, say, "task_id"), axis=0).reset_index(names="task")
    columns = {kind: say(f"ui.kinds_of.{kind}") for kind in present}
    return charts.side_by_side(
        long.rename(columns=columns).melt("task", list(columns.values()), "population", "count"),
        say,
        columns=list(columns.values()),
        alt_text="tasks.by_kind.alt",
    )


def _read_openai(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = chosen_snapshot(warehouse, choices)
    at = {"coverage": snapshot.coverage, "snapshot_at": snapshot.snapshot_at}
    frame = warehouse.query("openai_tasks", **at)
    if frame.empty:
        raise NothingToShow("no_catalogue")
    return Facts(frame, warehouse.sql("openai_tasks", **at), snapshot, values={"n": len(frame)})


def _draw_openai(facts: Facts, say: Say, choices: Choices) -> Chart:
    head = facts.frame.head(SHOWN_ROWS)
    long = head.assign(task=_named(head, say, "task_id")).melt(
        id_vars=["task"], value_vars=list(POPULATIONS), var_name="population", value_name="count"
    )
    long["population"] = [say(f"tasks.population.{name}") for name in long["population"]]
    return charts.side_by_side(
        long, say, columns=[say(f"tasks.population.{name}") for name in POPULATIONS], alt_text="tasks.openai.alt"
    )


def _read_libraries(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = weighed(read_at(warehouse, choices, "library_use"), choices, category="library_id")
    declared = facts.frame[facts.frame["library_id"] != UNDECLARED]
    if declared.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    return facts.with_(values={"shown": min(SHOWN_ROWS, len(declared)), "n": len(declared)})


def _draw_libraries(facts: Facts, say: Say, choices: Choices) -> Chart:
    head = _head(facts.frame, "library_id")
    is_declared = head["library_id"] != UNDECLARED
    named = head.assign(
        library=head["library_label"].where(is_declared, say("tasks.undeclared")), is_declared=is_declared
    )
    return charts.one_colour(
        named, say, name="library", alt_text="tasks.libraries.alt", measure=say(f"ui.weight.{choices.weight}")
    )


def _read_languages(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = weighed(read_at(warehouse, choices, "language_ranking"), choices, category="language_id")
    declared = facts.frame[facts.frame["language_id"] != UNDECLARED]
    if declared.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    return facts.with_(values={"shown": min(SHOWN_ROWS, len(declared)), "n": len(declared)})


def _draw_languages(facts: Facts, say: Say, choices: Choices) -> Chart:
    head = _head(facts.frame, "language_id")
    named = head.assign(language=_named(head, say, "language_id"), is_declared=head["language_id"] != UNDECLARED)
    return charts.one_colour(
        named, say, name="language", alt_text="tasks.languages.alt", measure=say(f"ui.weight.{choices.weight}")
    )


COVERAGE = Figure(
    "tasks.coverage",
    _read_coverage,
    _draw_coverage,
    caveats=("tasks.caveats.largest",),
    is_weighed=True,
    finding=findings.leads("task_id", "value", findings.translated("task_id")),
)
BY_KIND = Figure("tasks.by_kind", _read_by_kind, _draw_by_kind, caveats=("tasks.caveats.apart",), kinds=())
OPENAI = Figure("tasks.openai", _read_openai, _draw_openai, caveats=("tasks.caveats.openai",), kinds=("model",))
LIBRARIES = Figure(
    "tasks.libraries",
    _read_libraries,
    _draw_libraries,
    caveats=("tasks.caveats.largest",),
    is_weighed=True,
    finding=findings.leads("library_label", "value"),
)
LANGUAGES = Figure(
    "tasks.languages",
    _read_languages,
    _draw_languages,
    caveats=("tasks.caveats.languages",),
    is_weighed=True,
    finding=findings.leads("language_id", "value", findings.translated("language_id")),
)

FIGURES = (COVERAGE, BY_KIND, OPENAI, LIBRARIES, LANGUAGES)
