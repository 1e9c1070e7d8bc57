"""Figures of lineage: which models others are made from, how, and how fast."""

import pandas as pd

from dashboard.charts import lineage as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.narrowing import narrowed_to, read_narrowed
from dashboard.figures.over_time import marked, segments
from dashboard.needs import LISTED, WHOLE
from dashboard.say import Say
from dashboard.sentences import Amount, Value, Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

SHOWN_BASES = 15
OTHER = "other"


def _read_with_bases(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    """Derivatives at one snapshot; `total` is all its models, `undeclared` those that state no base."""
    facts = read_at(warehouse, choices, query, family=choices.extra("family"))
    population = read_at(warehouse, choices, "population").frame.iloc[0]
    total, stated = int(population["repository_count"]), int(population["base_declared_count"])
    return facts.with_(shown=stated, total=total, undeclared=total - stated)


def _read_narrowed(warehouse: Warehouse, choices: Choices, query: str, narrowed: str) -> tuple[Facts, Value]:
    """Derivatives of one family or of all, or those that the reader narrowed the list down to further; and of what they are."""
    if any(value for name, value in narrowed_to(choices).items() if name != "family"):
        facts = read_narrowed(warehouse, choices, narrowed, otherwise=query)
        return facts, facts.values["kind"]
    facts, family = _read_with_bases(warehouse, choices, query), choices.extra("family")
    labels = warehouse.query("model_families").set_index("family_id")["label"]
    return facts, labels.get(family, family) if family else Words("lineage.all_families")


def _read_by_month(warehouse: Warehouse, choices: Choices) -> Facts:
    facts, of = _read_narrowed(warehouse, choices, "lineage_by_month", "narrowed_derivatives")
    dated = facts.frame.dropna(subset="created_month")
    if dated.empty:
        raise NothingToShow("empty", kind=choices.kind)
    count = int(facts.frame["derivative_count"].sum())
    return marked(facts.with_(frame=dated, shown=count, values={"n": count, "family": of}), "created_month")


def _draw_by_month(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.by_month(facts.frame, say)


def _read_families(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _read_with_bases(warehouse, choices, "lineage_by_family")
    named = facts.frame[facts.frame["family_id"] != OTHER]
    if named.empty:
        raise NothingToShow("empty", kind=choices.kind)
    in_families = int(named["derivative_count"].sum())
    return facts.with_(
        values={"n": named["family_id"].nunique(), "in_families": in_families, "stated": facts.shown or 0}
    )


def _draw_families(facts: Facts, say: Say, choices: Choices) -> Chart:
    named = facts.frame[facts.frame["family_id"] != OTHER]
    largest = named.groupby("family")["derivative_count"].sum().nlargest(SHOWN_BASES).index
    return charts.by_base(named[named["family"].isin(largest)], say, label="family", alt_text="lineage.families.alt")


def _read_bases(warehouse: Warehouse, choices: Choices) -> Facts:
    facts, of = _read_narrowed(warehouse, choices, "lineage_by_base", "narrowed_bases")
    bases = facts.frame["base_id"].nunique()
    return facts.with_(values={"n": bases, "shown": min(SHOWN_BASES, bases), "family": of})


def _draw_bases(facts: Facts, say: Say, choices: Choices) -> Chart:
    largest = list(dict.fromkeys(facts.frame["base_id"]))[:SHOWN_BASES]
    return charts.by_base(
        facts.frame[facts.frame["base_id"].isin(largest)], say, label="base_id", alt_text="lineage.bases.alt"
    )


def _read_makers(warehouse: Warehouse, choices: Choices) -> Facts:
    """The authors of derivatives of one family: that with most of them unless the reader says which."""
    families = read_at(warehouse, choices, "lineage_by_family").frame
    named = families[families["family_id"] != OTHER].groupby(["family_id", "family"])["derivative_count"].sum()
    if named.empty:
        raise NothingToShow("empty", kind=choices.kind)
    labels = dict(named.index.tolist())
    family = choices.extra("family") or named.idxmax()[0]
    try:
        facts = read_at(warehouse, choices, "makers_of_family", family=family)
    except NothingToShow as nothing:
        raise NothingToShow("no_makers") if nothing.reason == "empty" else nothing from None
    first = facts.frame.iloc[0]
    shown = facts.frame.head(SHOWN_BASES)
    return facts.with_(
        total=None,
        values={
            "family": labels.get(family, family),
            "n": int(first["family_derivative_count"]),
            "authors": int(first["family_author_count"]),
            "shown": len(shown),
            "share": Amount(int(shown["derivative_count"].sum()) / int(first["family_derivative_count"]), "share"),
        },
    )


def _draw_makers(facts: Facts, say: Say, choices: Choices) -> Chart:
    shown = facts.frame.head(SHOWN_BASES).copy()
    parts = [name for name in charts.RELATIONS if f"{name}_count" in shown]
    shown["unstated_count"] = shown["derivative_count"] - shown[[f"{name}_count" for name in parts]].sum(axis=1)
    counts = [f"{name}_count" for name in charts.RELATIONS]
    long = shown.drop(columns="derivative_count").melt("author", counts, "relation", "derivative_count")
    long = long.assign(relation=long["relation"].str.removesuffix("_count"))
    return charts.by_base(long[long["derivative_count"] > 0], say, label="author", alt_text="lineage.makers.alt")


def _read_speed(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lineage_speed")
    frame = facts.frame[facts.frame["base_count"] > 0].dropna(subset="median_days_to_first_derivative")
    if frame.empty:
        raise NothingToShow("empty", kind=choices.kind)
    return facts.with_(
        frame=frame.drop(columns=["kind", "coverage", "snapshot_at"]).reset_index(drop=True),
        total=None,
        values={"n": int(frame["base_count"].sum()), "earlier": int(frame["earlier_than_base_count"].sum())},
    )


def _draw_speed(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.speed(facts.frame, say)


def _read_stated(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lineage_stated")
    newest = facts.frame[facts.frame["snapshot_at"] == facts.frame["snapshot_at"].max()]
    n, total = int(newest["n"].sum()), int(newest["total"].max())
    return facts.with_(
        shown=n, undeclared=total - n, values={"share": Amount(n / total, "share"), "n": n, "total": total}
    )


def _draw_stated(facts: Facts, say: Say, choices: Choices) -> Chart:
    whole = facts.frame.groupby(["snapshot_at", "is_after_gap", "total"], as_index=False)[["n", "share"]].sum()
    return charts.stated(
        pd.concat([segments(whole.assign(relation=charts.ANY)), segments(facts.frame, by="relation")]),
        say,
    )


_CAVEATS = ("lineage.caveats.stated",)
BY_MONTH = Figure(
    "lineage.by_month",
    _read_by_month,
    _draw_by_month,
    caveats=_CAVEATS,
    kinds=("model",),
    needs=(WHOLE,),
    finding=findings.leads("relation", "derivative_count", findings.label("lineage.relation", "relation")),
)
FAMILIES = Figure(
    "lineage.families",
    _read_families,
    _draw_families,
    caveats=("lineage.caveats.families",),
    kinds=("model",),
    finding=findings.leads("family", "derivative_count"),
)
BASES = Figure(
    "lineage.bases",
    _read_bases,
    _draw_bases,
    caveats=("lineage.caveats.edges",),
    kinds=("model",),
    finding=findings.leads("base_id", "derivative_count"),
)
SPEED = Figure(
    "lineage.speed",
    _read_speed,
    _draw_speed,
    caveats=("lineage.caveats.speed",),
    kinds=("model",),
    needs=(WHOLE,),
)
STATED = Figure("lineage.stated", _read_stated, _draw_stated, caveats=_CAVEATS, kinds=("model",))
MAKERS = Figure(
    "lineage.makers", _read_makers, _draw_makers, caveats=("lineage.caveats.makers",), kinds=("model",), needs=(LISTED,)
)

FIGURES = (MAKERS, STATED, BY_MONTH, FAMILIES, BASES, SPEED)
