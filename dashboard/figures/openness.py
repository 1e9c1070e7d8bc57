"""Figures and tables of openness beyond the licence tag: an index, a framework, a verdict, and an index of transparency."""

import pandas as pd

from dashboard.charts import openness as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, of_reference
from dashboard.say import Say
from dashboard.sentences import Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

SHOWN_SYSTEMS = 20
UNKNOWN_CLASS = "unknown"
OSI_VERDICTS = ("complies", "would_with_another_licence", "does_not")


def _read_families(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "openness_by_family", "openness_index")
    return facts.with_(values={"n": len(facts.frame), "systems": int(facts.frame["system_count"].sum())})


def _draw_families(facts: Facts, say: Say, choices: Choices) -> Chart:
    counts = [f"{name}_count" for name in charts.VERDICTS]
    named = facts.frame.assign(
        family=[
            say("openness.of_systems", family=row["family"], n=say.number(row["system_count"]))
            for row in facts.frame.to_dict("records")
        ]
    )
    long = named.melt(["family", "criterion_count"], counts, "verdict", "count")
    long = long.assign(
        verdict=long["verdict"].str.removesuffix("_count"), share=long["count"] / long["criterion_count"]
    )
    first, last = facts.frame.iloc[0], facts.frame.iloc[-1]
    description = say(
        "openness.families.alt",
        n=say.number(len(facts.frame)),
        first=first["family"],
        most=say.share(first["open_count"] / first["criterion_count"]),
        last=last["family"],
        least=say.share(last["open_count"] / last["criterion_count"]),
    )
    return charts.families(long, say, description=description)


def _read_criteria(warehouse: Warehouse, choices: Choices) -> Facts:
    family = choices.extra("family")
    labels = warehouse.query("model_families").set_index("family_id")["label"]
    facts = of_reference(warehouse, "openness_criteria", "openness_index", family=family)
    if facts.frame.empty:
        raise NothingToShow("not_in_index")
    names = list(dict.fromkeys(_names(facts.frame)))
    shown = names if family else names[:SHOWN_SYSTEMS]
    frame = facts.frame.assign(name=_names(facts.frame))
    return facts.with_(
        frame=frame[frame["name"].isin(shown)][["name", "organisation", "criterion", "verdict"]].reset_index(drop=True),
        values={
            "which": labels.get(family, family) if family else Words("openness.most_open"),
            "shown": len(shown),
            "n": len(names),
        },
    )


def _names(frame: pd.DataFrame) -> pd.Series:
    """The system, and the model where that has another name."""
    return frame["system"].where(frame["system"] == frame["end_model"], frame["system"] + " · " + frame["end_model"])


def _draw_criteria(facts: Facts, say: Say, choices: Choices) -> Chart:
    counts = facts.frame["verdict"].value_counts()
    return charts.criteria(
        facts.frame,
        say,
        description=say(
            "openness.criteria.alt",
            n=say.number(facts.frame["name"].nunique()),
            **{name: say.number(int(counts.get(name, 0))) for name in charts.VERDICTS},
        ),
    )


def _read_framework(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "openness_classes", "framework_components")
    counts = facts.frame.set_index(facts.frame["openness_class"].astype("string").fillna(UNKNOWN_CLASS))
    counts = counts["model_count"].reindex(charts.CLASSES, fill_value=0)
    reached = int(counts.drop(list(charts.NO_CLASS)).sum())
    return facts.with_(
        frame=counts.rename_axis("name").reset_index(),
        values={"n": int(counts.sum()), "reached": reached, "unknown": int(counts[UNKNOWN_CLASS])},
    )


def _draw_framework(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.classes(facts.frame, say)


def _read_transparency(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "transparency_index", "transparency_index")
    newest = facts.frame["edition"] == facts.frame["edition"].max()
    order = list(dict.fromkeys([*facts.frame.loc[newest, "firm"], *facts.frame["firm"]]))
    ordered = facts.frame.sort_values(
        ["firm", "edition"], key=lambda column: column.map(order.index) if column.name == "firm" else column
    )
    columns = ["firm", "edition", "indicators_met", "indicator_count"]
    return facts.with_(frame=ordered[columns].reset_index(drop=True), values={"n": ordered["edition"].nunique()})


def _draw_transparency(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.transparency(facts.frame, say)


def _read_verdicts(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "osi_verdicts")
    return facts.with_(values={"n": len(facts.frame)})


def _lay_verdicts(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"openness.osi_verdict.{verdict}"),
            say.listing([f"{row['system']} ({row['organisation']})" for row in found.to_dict("records")]),
        )
        for verdict in OSI_VERDICTS
        if len(found := facts.frame[facts.frame["verdict"] == verdict])
    ]
    return pd.DataFrame(rows, columns=[say("openness.osi_heading"), say.column("system")])


FAMILIES = Figure(
    "openness.families", _read_families, _draw_families, caveats=("openness.caveats.families",), source="reference"
)
CRITERIA = Figure(
    "openness.criteria", _read_criteria, _draw_criteria, caveats=("openness.caveats.criteria",), source="reference"
)
FRAMEWORK = Figure(
    "openness.framework", _read_framework, _draw_framework, caveats=("openness.caveats.framework",), source="reference"
)
TRANSPARENCY = Figure(
    "openness.transparency",
    _read_transparency,
    _draw_transparency,
    caveats=("openness.caveats.transparency",),
    source="reference",
)

FIGURES = (FAMILIES, CRITERIA, FRAMEWORK, TRANSPARENCY)
VERDICTS = Table(
    "openness.verdicts", _read_verdicts, _lay_verdicts, caveats=("openness.caveats.verdicts",), source="reference"
)
