"""What a reader narrows a list of repositories down to: a task, a language, a family, an author."""

import pandas as pd

from dashboard.choices import Choices, Extra
from dashboard.figures.facts import Facts, NothingToShow, chosen_snapshot, need_each, read_at
from dashboard.say import LANGUAGES
from dashboard.sentences import Label, Listing, Name, Sentence, Value
from warehouse.read import Warehouse

EXTRAS = (
    Extra("task", longest=60),
    Extra("language", longest=20),
    Extra("family", longest=40),
    Extra("author", longest=96),
)
"""In the address, so that a link holds them."""
NAMES = tuple(extra.name for extra in EXTRAS)
TABLES = {"task": "tasks", "language": "languages", "family": "model_families"}
"""Where what can be chosen stands, with its label; an author is typed."""


def narrowed_to(choices: Choices) -> dict[str, str]:
    """Each way to narrow down and what was chosen for it; empty is any."""
    return {name: choices.extra(name) for name in NAMES}


def read_narrowed(warehouse: Warehouse, choices: Choices, query: str, otherwise: str) -> Facts:
    """`query` of the repositories that the reader narrowed the list down to, or `otherwise` of all where nothing was chosen.

    The title's `kind` then says to what. Only the newest snapshot of a series knows each repository.
    """
    wanted = narrowed_to(choices)
    if not any(wanted.values()):
        return read_at(warehouse, choices, otherwise)
    need_each(warehouse)
    snapshot = chosen_snapshot(warehouse, choices)
    if snapshot != warehouse.snapshot(choices.kind, snapshot.coverage):
        raise NothingToShow("narrowed_needs_newest", kind=choices.kind)
    try:
        facts = read_at(warehouse, choices, query, **wanted)
    except NothingToShow as nothing:
        raise NothingToShow("none_so_narrow", kind=choices.kind) if nothing.reason == "empty" else nothing from None
    labels = [_label(warehouse, name, value) for name, value in wanted.items() if value]
    kind = Sentence("ui.narrowed.to", {"kind": Label("ui.kinds_of", choices.kind), "to": Listing(tuple(labels))})
    return facts.with_(total=None, values={"kind": kind})


def _label(warehouse: Warehouse, name: str, value: str) -> Value:
    """What was chosen, as the reader calls it."""
    if name not in TABLES:
        return value
    known = warehouse.query(TABLES[name])
    row = known[known[f"{name}_id"] == value]
    if row.empty:
        return value
    return Name({language: row[label_column(row, language)].iloc[0] for language in LANGUAGES}, value)


def label_column(known: pd.DataFrame, language: str) -> str:
    """The column that calls things by their name in a language; some are called the same in all."""
    return "label" if "label" in known else f"label_{language}"
