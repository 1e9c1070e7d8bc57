"""What changed between two snapshots, in a few sentences whose every number comes from the warehouse."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pandas as pd

from dashboard.choices import Choices
from dashboard.figures import changes
from dashboard.figures.changes_tables import OPENAI, PRICES, SIDES, named
from dashboard.figures.facts import Facts, NothingToShow, coverage
from dashboard.say import Number, Say
from warehouse.read import Warehouse

NAMED = 4
"""Models that a sentence names at most."""

Sentences = Callable[[Warehouse, Choices, Say], list[str]]


def sentences(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    """Everything that changed, the Hub's listing of the chosen kind first; NothingToShow without two snapshots."""
    return of_the_hub(warehouse, choices, say) + of_openai(warehouse, choices, say)


def of_the_hub(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    """Size, use, licences, tasks, movers of one kind; NothingToShow without two snapshots of the same coverage."""
    return _population(warehouse, choices, say) + _known(warehouse, choices, say, (_licences, _tasks, _movers))


def of_openai(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    """OpenAI's list and prices; nothing where neither was collected or neither changed."""
    changes.two_snapshots(warehouse, choices)
    return _known(warehouse, choices, say, (_openai, _prices))


def _known(warehouse: Warehouse, choices: Choices, say: Say, parts: tuple[Sentences, ...]) -> list[str]:
    """What can be said; the figure of what cannot says why."""
    said: list[str] = []
    for part in parts:
        with suppress(NothingToShow):
            said += part(warehouse, choices, say)
    return said


def _population(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    facts = changes.read_between(warehouse, choices, "changes_population")
    (row,) = facts.frame.to_dict("records")
    is_whole = facts.snapshot is not None and facts.snapshot.is_whole
    compared = say(
        "changes.said.compared",
        kind=say.label("ui.kinds_of", choices.kind),
        coverage=coverage(facts, say),
        before=say.date(facts.values["before"]),
        now=say.date(facts.snapshot.snapshot_at if facts.snapshot else None),
        days=facts.values["days"],
        difference=_size(row, say) if is_whole else _list(row, say),
    )
    return [compared, *([_moves(row, say)] if is_whole else []), *_use(row, say)]


def _size(row: dict[Any, Any], say: Say) -> str:
    more = row["repository_count"] - row["previous_repository_count"]
    return say(
        f"changes.said.{'more' if more > 0 else 'fewer' if more < 0 else 'same'}",
        n=say.number(abs(more)),
        total=say.number(row["repository_count"]),
        previous=say.number(row["previous_repository_count"]),
        change=relative(row["repository_count"], row["previous_repository_count"], say),
    )


def _moves(row: dict[Any, Any], say: Say) -> str:
    moves = {name: say.number(row[f"{name}_count"]) for name in ("new", "created", "returned", "vanished", "passing")}
    return say("changes.said.came_and_went", **moves)


def _list(row: dict[Any, Any], say: Say) -> str:
    return say(
        "changes.said.list",
        new=say.number(row["new_count"]),
        created=say.number(row["created_count"]),
        left=say.number(row["vanished_count"]),
    )


def _use(row: dict[Any, Any], say: Say) -> list[str]:
    """Downloads; likes where nobody counts downloads; nothing where neither is known of both."""
    for measure, words in (("downloads_30d", "downloads"), ("likes", "likes")):
        now, before = row[measure], row[f"previous_{measure}"]
        if pd.notna(now) and pd.notna(before):
            change = relative(now, before, say)
            return [say(f"changes.said.{words}", now=say.short(now), previous=say.short(before), change=change)]
    return []


def relative(now: Number, before: Number, say: Say) -> str:
    """A change as a share of what it was before: "+3.1%"; unknown when that was nothing."""
    return say("ui.unknown") if not before else f"{(now - before) / before:+.1%}"


def _shift(facts: Facts, labels: list[str], words: str, choices: Choices, say: Say) -> list[str]:
    """The largest gain and the largest loss of share."""
    rows = facts.frame.assign(label=labels).sort_values("share_change_points", ascending=False).to_dict("records")
    ends = {
        f"{name}{of}": value
        for name, row in (("up", rows[0]), ("down", rows[-1]))
        for of, value in (
            ("", row["label"]),
            ("_points", f"{row['share_change_points']:+.2f}"),
            ("_share", f"{row['share']:.2%}"),
        )
    }
    return [say(words, weight=say(f"ui.weight.{choices.weight}"), **ends)]


def _licences(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    facts = changes.LICENCES.read(warehouse, choices)
    labels = [say.label("licences.class", name) for name in facts.frame["licence_class"]]
    return _shift(facts, labels, "changes.said.licences", choices, say)


def _tasks(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    facts = changes.TASKS.read(warehouse, choices)
    return _shift(facts, list(changes.task_names(facts.frame, say)), "changes.said.tasks", choices, say)


def _movers(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    facts = changes.MOVERS.read(warehouse, choices)
    up, down = facts.frame.iloc[0], facts.frame.iloc[-1]
    if up["change"] < 0 or down["change"] > 0:
        return []
    return [
        say(
            "changes.said.movers",
            measure=say(facts.values["measure"].key),
            up=up["id"],
            up_change=f"+{say.number(up['change'])}",
            down=down["id"],
            down_change=say.number(down["change"]),
        )
    ]


def _openai(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    """Whoever came and went between the two snapshots is neither an arrival nor a removal."""
    facts = OPENAI.read(warehouse, choices)
    counts = warehouse.query("openai_listing", as_of=facts.snapshot.snapshot_at if facts.snapshot else None)
    before = counts.loc[counts["snapshot_at"] <= facts.values["before"], "model_count"].iloc[-1]
    events = facts.frame.sort_values("model_id")
    arrived = _models(events[events["is_listed"] & ~events["was_listed"]])
    removed = _models(events[events["was_listed"] & ~events["is_listed"]])
    announced = _models(events[(events["event"] == "shutdown_announced") & events["is_listed"]])
    said = [
        say(
            "changes.said.openai",
            now=say.number(counts["model_count"].iloc[-1]),
            previous=say.number(before),
            arrived=len(arrived),
            removed=len(removed),
            announced=len(announced),
        )
    ]
    said += [say("changes.said.openai_arrived", models=named(arrived, say, NAMED))] if arrived else []
    return said + ([say("changes.said.openai_removed", models=named(removed, say, NAMED))] if removed else [])


def _models(events: pd.DataFrame) -> list[str]:
    return list(events["model_id"].unique())


def _prices(warehouse: Warehouse, choices: Choices, say: Say) -> list[str]:
    """Steps down and up: of the input price, or of the output price where only that one changed."""
    frame = PRICES.read(warehouse, choices).frame
    steps = {side: frame[f"{side}_usd_per_mtok"] / frame[f"previous_{side}_usd_per_mtok"] - 1 for side in SIDES}
    changed = steps["input"].where(steps["input"] != 0).fillna(steps["output"])
    finite = changed.replace(float("inf"), float("nan")).dropna()
    if finite.empty:
        return []
    largest = finite.abs().idxmax()
    return [
        say(
            "changes.said.prices",
            n=len(frame),
            cheaper=int((changed < 0).sum()),
            dearer=int((changed > 0).sum()),
            model=frame.loc[largest, "model_id"],
            change=f"{finite[largest]:+.0%}",
        )
    ]
