"""What changed between two snapshots, in a few sentences whose every number comes from the warehouse."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.choices import KINDS, Choices
from dashboard.figures import changes
from dashboard.figures.changes_tables import OPENAI, PRICES, SIDES, named
from dashboard.figures.facts import Facts, NothingToShow, coverage_of
from dashboard.sentences import Amount, Label, Listing, Sentence, Value, Words
from warehouse.read import Warehouse

NAMED = 4
"""Models that a sentence names at most."""

Part = Callable[[Warehouse, Choices], list[Sentence]]


def sentences(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """All sentences, the Hub's listing of the chosen kind first; NothingToShow without two snapshots."""
    return of_the_hub(warehouse, choices) + of_openai(warehouse, choices)


def of_every_kind(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """Those of each kind that both snapshots list, then of OpenAI; NothingToShow without two snapshots of the chosen kind."""
    changes.two_snapshots(warehouse, choices)
    found: list[Sentence] = []
    for kind in KINDS:
        with suppress(NothingToShow):
            found += of_the_hub(warehouse, replace(choices, kind=kind))
    return found + of_openai(warehouse, choices)


def of_the_hub(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """Size, use, licences, tasks, movers of one kind; NothingToShow without two snapshots of the same coverage."""
    return _population(warehouse, choices) + _known(warehouse, choices, (_licences, _tasks, _movers))


def of_openai(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """OpenAI's list and prices; nothing where neither was collected or neither changed."""
    changes.two_snapshots(warehouse, choices)
    return _known(warehouse, choices, (_openai, _prices))


def _known(warehouse: Warehouse, choices: Choices, parts: tuple[Part, ...]) -> list[Sentence]:
    """Sentences of the parts that have data; the figure of a part without says why."""
    said: list[Sentence] = []
    for part in parts:
        with suppress(NothingToShow):
            said += part(warehouse, choices)
    return said


def _population(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    facts = changes.read_between(warehouse, choices, "changes_population")
    (row,) = facts.frame.to_dict("records")
    now = facts.snapshot
    is_whole = now is not None and now.is_whole
    compared = {
        "kind": Label("ui.kinds_of", choices.kind),
        "coverage": coverage_of(now) if now else "",
        "before": facts.values["before"],
        "now": now.snapshot_at if now else None,
        "days": facts.values["days"],
        "difference": _size(row) if is_whole else _list(row),
    }
    moves = [_moves(row)] if is_whole else []
    return [Sentence("changes.said.compared", compared), *moves, *_use(row)]


def _size(row: dict[Any, Any]) -> Sentence:
    now, previous = row["repository_count"], row["previous_repository_count"]
    more = now - previous
    counts = {"n": abs(more), "total": now, "previous": previous, "change": relative(now, previous)}
    return Sentence(f"changes.said.{'more' if more > 0 else 'fewer' if more < 0 else 'same'}", counts)


def _moves(row: dict[Any, Any]) -> Sentence:
    names = ("new", "created", "returned", "vanished", "passing")
    return Sentence(_dated("came_and_went", row), {name: row[f"{name}_count"] for name in names})


def _dated(words: str, row: dict[Any, Any]) -> str:
    """The key of a sentence; a listing without creation dates has one that is silent about them."""
    return f"changes.said.{words}" + ("_undated" if pd.isna(row["created_count"]) else "")


def _list(row: dict[Any, Any]) -> Sentence:
    counts = {"new": row["new_count"], "created": row["created_count"], "left": row["vanished_count"]}
    return Sentence(_dated("list", row), counts)


def _use(row: dict[Any, Any]) -> list[Sentence]:
    """Downloads; likes where nobody counts downloads; nothing where neither is known of both."""
    for measure, words in (("downloads_30d", "downloads"), ("likes", "likes")):
        now, before = row[measure], row[f"previous_{measure}"]
        if pd.notna(now) and pd.notna(before):
            counts = {"now": Amount(now, "short"), "previous": Amount(before, "short")}
            return [Sentence(f"changes.said.{words}", {**counts, "change": relative(now, before)})]
    return []


def relative(now: float, before: float) -> Amount:
    """A change as a share of what it was before: "+3.1%"; unknown when that was nothing."""
    return Amount((now - before) / before if before else None, "change")


def _shift(facts: Facts, labels: Sequence[Value], words: str, choices: Choices) -> list[Sentence]:
    """The largest gain and the largest loss of share; one of them where nothing moved the other way."""
    rows = facts.frame.assign(label=labels).sort_values("share_change_points", ascending=False).to_dict("records")
    ends = [rows[0]] * (rows[0]["share_change_points"] > 0) + [rows[-1]] * (rows[-1]["share_change_points"] < 0)
    moved = [
        Sentence(
            "changes.said.shift",
            {
                "label": row["label"],
                "points": f"{row['share_change_points']:+.2f}",
                "before": Amount(row["previous_share"], "share"),
                "now": Amount(row["share"], "share"),
            },
        )
        for row in ends
    ]
    return [Sentence(words, {"weight": Words(f"ui.weight.{choices.weight}"), "moved": Listing(tuple(moved))})]


def _licences(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    facts = changes.LICENCES.read(warehouse, choices)
    labels = [Label("licences.class", name) for name in facts.frame["licence_class"]]
    return _shift(facts, labels, "changes.said.licences", choices)


def _tasks(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    facts = changes.TASKS.read(warehouse, choices)
    return _shift(facts, changes.task_names(facts.frame), "changes.said.tasks", choices)


def _movers(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    facts = changes.MOVERS.read(warehouse, choices)
    up, down = facts.frame.iloc[0], facts.frame.iloc[-1]
    if up["change"] < 0 or down["change"] > 0:
        return []
    moved = {
        "measure": facts.values["measure"],
        "up": up["id"],
        "up_change": f"+{up['change']:,.0f}",
        "down": down["id"],
        "down_change": down["change"],
    }
    return [Sentence("changes.said.movers", moved)]


def _openai(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """OpenAI's list; a model that came and went between the two snapshots is neither an arrival nor a removal."""
    facts = OPENAI.read(warehouse, choices)
    counts = warehouse.query("openai_list_sizes", as_of=facts.snapshot.snapshot_at if facts.snapshot else None)
    before = counts.loc[counts["snapshot_at"] <= facts.values["before"], "model_count"].iloc[-1]
    events = facts.frame.sort_values("model_id")
    arrived = _models(events[events["is_listed"] & ~events["was_listed"]])
    removed = _models(events[events["was_listed"] & ~events["is_listed"]])
    announced = _models(events[(events["event"] == "shutdown_announced") & events["is_listed"]])
    listed = {
        "now": counts["model_count"].iloc[-1],
        "previous": before,
        "arrived": len(arrived),
        "removed": len(removed),
        "announced": len(announced),
    }
    lists = {"arrived": arrived, "removed": removed}
    named_models = [
        Sentence(f"changes.said.openai_{name}", {"models": named(models, NAMED)})
        for name, models in lists.items()
        if models
    ]
    return [Sentence("changes.said.openai", listed), *named_models]


def _models(events: pd.DataFrame) -> list[str]:
    return list(events["model_id"].unique())


def _prices(warehouse: Warehouse, choices: Choices) -> list[Sentence]:
    """Steps down and up: of the input price, or of the output price where only that one changed."""
    frame = PRICES.read(warehouse, choices).frame
    steps = {side: frame[f"{side}_usd_per_mtok"] / frame[f"previous_{side}_usd_per_mtok"] - 1 for side in SIDES}
    changed = steps["input"].where(steps["input"] != 0).fillna(steps["output"])
    finite = changed.replace(float("inf"), float("nan")).dropna()
    if finite.empty:
        return []
    largest = finite.abs().idxmax()
    said = {
        "n": len(frame),
        "cheaper": int((changed < 0).sum()),
        "dearer": int((changed > 0).sum()),
        "model": frame.loc[largest, "model_id"],
        "change": f"{finite[largest]:+.0%}",
    }
    return [Sentence("changes.said.prices", said)]
