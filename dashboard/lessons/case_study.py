"""Lesson: one model family, chosen by the reader, from its release to what became of it."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import family_case as charts
from dashboard.choices import UNDECLARED, Choices, Extra
from dashboard.figures import openness
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.figures.over_time import segments
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import counted_note
from dashboard.needs import LISTED
from dashboard.say import Say
from dashboard.sentences import Amount, Label, Month, Sentence
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_case_study"
FAMILY = Extra("family", default="bert", longest=40)
VIEWS = ("downloads", "derivatives", "tasks", "licences")
SHOWN_PARTS = 4
"""The largest tasks and licences; the others stand together, and what is not stated stands apart."""
OTHER = "other"
NOT_STATED = (UNDECLARED, "unknown-to-listing")
COMPARED = {
    "licensed": "share",
    "permissive": "share",
    "task": "share",
    "card": "share",
    "ungated": "share",
    "downloads_each": "short",
    "download_factor": "factor",
}
"""Measures in which a family can stand above or below all models, and their units."""
NAMED = 2
"""How many strengths and weaknesses to name."""


def _read_family(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    try:
        return read_at(warehouse, choices, query, family=choices.extra(FAMILY.name) or FAMILY.default)
    except NothingToShow as nothing:
        raise NothingToShow("no_family") if nothing.reason == "empty" else nothing from None


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_family(warehouse, choices, "lesson_case_study_figure")
    count = int(_part(facts, "tasks")["value"].sum())
    labels = warehouse.query("model_families").set_index("family_id")["label"]
    family = choices.extra(FAMILY.name) or FAMILY.default
    if not count or family not in labels:
        raise NothingToShow("no_family")
    return facts.with_(shown=count, values={"family": labels[family], "tells_bases": _tells_bases(warehouse, choices)})


def _tells_bases(warehouse: Warehouse, choices: Choices) -> bool:
    """Whether the listing tells what models are made from: none is not the same as unknown."""
    return bool(read_at(warehouse, choices, "population").frame["base_known_count"].iloc[0])


def _part(facts: Facts, part: str) -> pd.DataFrame:
    return facts.frame[facts.frame["part"] == part]


def _history(facts: Facts) -> pd.DataFrame:
    """snapshot_at, downloads_30d, segment: interrupted where collection paused or nothing is known of the family."""
    moments = _part(facts, "downloads").sort_values("snapshot_at")
    breaks = moments["is_after_gap"].astype(bool) | moments["value"].shift().isna()
    known = segments(moments.assign(is_after_gap=breaks)).dropna(subset="value")
    return known.rename(columns={"value": "downloads_30d"})[["snapshot_at", "downloads_30d", "segment"]]


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    history = _history(facts).astype({"downloads_30d": float})
    bars = pd.concat([_relations(facts, say), _tasks(facts, say), _licences(facts, say)])
    headings = [say(f"{SECTION}.views.{view}") for view in VIEWS]
    return charts.four_views(
        history, bars, headings, say, none=say(f"{SECTION}.views.none"), description=_alt(facts, bars, headings, say)
    )


def _relations(facts: Facts, say: Say) -> pd.DataFrame:
    counts = _part(facts, "derivatives").set_index("item_id")["value"].sort_values(ascending=False)
    return _bars(1, counts, [say.label("lineage.relation", name) for name in counts.index], theme.RELATIONS)


def _tasks(facts: Facts, say: Say) -> pd.DataFrame:
    rows = _part(facts, "tasks").set_index("item_id")
    counts, rest = _folded(rows["value"])
    names = {name: label for name, label in rows[f"label_{say.language}"].items() if pd.notna(label)}
    names |= {UNDECLARED: say("tasks.undeclared"), OTHER: say("ui.other", n=rest)}
    colours = {name: theme.KINDS["model"] for name in counts.index if name not in (OTHER, UNDECLARED)}
    return _bars(2, counts, [names.get(name, name) for name in counts.index], colours)


def _licences(facts: Facts, say: Say) -> pd.DataFrame:
    rows = _part(facts, "licences").set_index("item_id")
    counts, rest = _folded(rows["value"])
    names = [say("ui.other", n=rest) if name == OTHER else say.label("licences.special", name) for name in counts.index]
    classes = rows["licence_class"].fillna(OTHER)
    colours = {
        name: theme.LICENCE_CLASSES.get(classes[name], theme.NEUTRAL)
        for name in counts.index
        if name != OTHER and name not in NOT_STATED
    }
    return _bars(3, counts, names, colours)


def _folded(counts: pd.Series) -> tuple[pd.Series, int]:
    """The largest that are stated, then "other" for so many more, then what is not stated."""
    stated = counts[~counts.index.isin([*NOT_STATED, OTHER])].sort_values(ascending=False, kind="stable")
    head = stated[:SHOWN_PARTS]
    not_stated = counts[counts.index.isin(NOT_STATED)]
    rest = counts.drop([*head.index, *not_stated.index])
    folded = pd.Series({OTHER: rest.sum()}) if len(rest) else pd.Series(dtype=counts.dtype)
    return pd.concat([head, folded, not_stated]), len(rest)


def _bars(view: int, counts: pd.Series, labels: list[str], colours: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "view": view,
            "label": labels,
            "count": counts.astype(int).to_numpy(),
            "colour": [colours.get(str(name), theme.NEUTRAL) for name in counts.index],
        }
    )


def _alt(facts: Facts, bars: pd.DataFrame, headings: list[str], say: Say) -> str:
    history = _history(facts)
    views = [
        say(
            f"{SECTION}.figure.view",
            view=headings[view],
            parts=say.listing([f"{row['label']} {say.number(row['count'])}" for row in group.to_dict("records")]),
        )
        for view, group in bars.groupby("view")
    ]
    return say(
        f"{SECTION}.figure.alt",
        family=facts.values["family"],
        first=say.date(history["snapshot_at"].min()),
        first_downloads=say.number(history["downloads_30d"].iloc[0] if len(history) else None),
        last=say.date(history["snapshot_at"].max()),
        last_downloads=say.number(history["downloads_30d"].iloc[-1] if len(history) else None),
        views=" ".join(views),
    )


def _insight(facts: Facts) -> Sentence:
    """How the downloads moved, and what most derivatives are."""
    history = _history(facts)
    derived = _part(facts, "derivatives").set_index("item_id")["value"]
    key = "see_derived" if len(derived) else "see_underived" if facts.values["tells_bases"] else "see_unknown"
    made = {
        "family": facts.values["family"],
        "models": facts.shown,
        "count": derived.sum(),
        "relation": Label("lineage.relation", derived.idxmax()) if len(derived) else "",
        "share": Amount(derived.max() / derived.sum(), "share") if len(derived) else "",
    }
    what = Sentence(f"{SECTION}.{key}", made)
    if len(history) < 2:
        return what
    first, last = history.iloc[0], history.iloc[-1]
    moved = {
        "family": facts.values["family"],
        "first": Amount(first["downloads_30d"], "short"),
        "since": Month(first["snapshot_at"]),
        "last": Amount(last["downloads_30d"], "short"),
        "now": Month(last["snapshot_at"]),
        "what": what,
    }
    return Sentence(f"{SECTION}.see", moved)


def _unlicensed_share(facts: Facts) -> float:
    """Share of the family's models that state no licence; what a listing did not carry is left out."""
    counts = _part(facts, "licences").set_index("item_id")["value"].drop("unknown-to-listing", errors="ignore")
    return float(counts.get(UNDECLARED, 0) / counts.sum()) if counts.sum() else math.nan


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_family(warehouse, choices, "lesson_case_study")
    row = facts.frame.iloc[0]
    return facts.with_(
        shown=int(row["model_count"]),
        values={
            "bases": int(row["base_count"]),
            "timed": int(row["timed_base_count"]),
            "tells_bases": _tells_bases(warehouse, choices),
        },
        notes=counted_note(facts),
    )


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    row = facts.frame.iloc[0].to_dict()
    well, hard = _compared(row)
    lines = [
        ("origin", _said(row, say, "origin")),
        ("life", _said(row, say, "life_on_or_before" if row["has_on_or_before"] else "life")),
        ("adoption", _said(row, say, "adoption" if pd.notna(row["before_downloads_30d"]) else "adoption_now")),
        ("licences", _said(row, say, _licences_key(row))),
        ("changes", _said(row, say, "changes")),
        ("descendants", _said(row, say, "descendants" if facts.values["tells_bases"] else "unknown")),
        ("speed", _said(row, say, "speed" if row["timed_base_count"] else "unknown")),
        ("data", _said(row, say, "data" if row["told_count"] else "unknown")),
        ("explained", _said(row, say, "explained" if row["told_count"] else "unknown")),
        ("well", _beside(row, say, well)),
        ("hard", _beside(row, say, hard)),
    ]
    return pd.DataFrame(
        [(say(f"{SECTION}.record.{name}.name"), words) for name, words in lines],
        columns=[say(f"{SECTION}.aspect"), say(f"{SECTION}.record_heading")],
    )


def _licences_key(row: Mapping[str, Any]) -> str:
    if pd.isna(row["licensed_share"]):
        return "unknown"
    return "licences" if row["licence_count"] else "licences_none"


def _said(row: Mapping[str, Any], say: Say, key: str) -> str:
    licence = row["main_licence_id"]
    return say(
        f"{SECTION}.said.{key}",
        origin=row["origin"],
        released=say.month(pd.Timestamp(row["released_month"])),
        first=say.date(row["first_created_at"]),
        newest=say.date(row["last_created_at"]),
        models=say.number(row["model_count"]),
        share=say.share(row["model_share"]),
        place=say.number(row["place"]),
        downloads=say.short(row["downloads_30d"]),
        all_time=say.short(row["downloads_all_time"]),
        before=say.short(row["before_downloads_30d"]),
        licence="" if pd.isna(licence) else say.label("licences.special", licence),
        licence_share=say.share(row["main_licence_share"]),
        licences=say.number(row["licence_count"]),
        licensed=say.share(row["licensed_share"]),
        changes=say.number(row["licence_change_count"]),
        snapshots=say.number(row["snapshot_count"]),
        since=say.date(row["since_at"]),
        derivatives=say.number(row["derivative_count"]),
        finetunes=say.number(row["finetune_count"]),
        adapters=say.number(row["adapter_count"]),
        quantised=say.number(row["quantized_count"]),
        merges=say.number(row["merge_count"]),
        days=say.days(row["median_days"]),
        timed=say.number(row["timed_base_count"]),
        bases=say.number(row["base_count"]),
        told=say.number(row["told_count"]),
        named=say.number(row["data_named_count"]),
        explaining=say.number(row["explaining_count"]),
    )


def _compared(row: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Measures in which the family stands farthest above all models, and farthest below them."""
    ratios = {}
    for measure in COMPARED:
        ours, whole = row[_column(measure)], row[f"all_{_column(measure)}"]
        if pd.notna(ours) and pd.notna(whole) and whole > 0:
            ratios[measure] = ours / whole
    ordered = sorted(ratios, key=lambda measure: ratios[measure], reverse=True)
    well = [measure for measure in ordered if ratios[measure] > 1]
    hard = [measure for measure in reversed(ordered) if ratios[measure] < 1]
    return well[:NAMED], hard[:NAMED]


def _column(measure: str) -> str:
    return f"{measure}_share" if COMPARED[measure] == "share" else measure


def _beside(row: Mapping[str, Any], say: Say, measures: list[str]) -> str:
    if not measures:
        return say(f"{SECTION}.said.nothing")
    return say(f"{SECTION}.then").join(
        say(
            f"{SECTION}.compared.{measure}",
            ours=say.measured(row[_column(measure)], COMPARED[measure]),
            whole=say.measured(row[f"all_{_column(measure)}"], COMPARED[measure]),
        )
        for measure in measures
    )


def _families(warehouse: Warehouse, choices: Choices) -> dict[str, str]:
    """Families that have models in the snapshot, the largest first."""
    try:
        frame = read_at(warehouse, choices, "lesson_case_families").frame
    except NothingToShow:
        return {}
    return dict(zip(frame["family_id"], frame["family"], strict=True))


LESSON = Lesson(
    slug="case_study",
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",), needs=(LISTED,)
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",)),
    insight=_insight,
    guess=Number(_unlicensed_share, low=0.0, high=1.0, step=0.01, unit="share"),
    references=("devlin2018", "wolf2020", "mitchell2019", "bommasani2021"),
    more=(openness.CRITERIA,),
    extras=(FAMILY,),
    options=_families,
)
