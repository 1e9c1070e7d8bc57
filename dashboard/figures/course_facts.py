"""What lessons show of reference facts: innovations, cases from practice, accelerators, and what licences permit and demand."""

import pandas as pd

from dashboard.charts import accelerators as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, Table, of_reference
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

RULES = ("permissions", "conditions", "limitations")


def _read_innovations(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "innovations")
    moment = pd.Timestamp(choices.as_of or warehouse.newest_snapshot_at)
    return facts.with_(frame=facts.frame[facts.frame["innovation_date"] <= moment].reset_index(drop=True))


def _lay_innovations(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say.date(row["innovation_date"]),
            row[f"title_{say.language}"],
            row[f"changed_{say.language}"],
            row["source_title"],
        )
        for row in facts.frame.to_dict("records")
    ]
    headings = ("innovation_date", "title", "changed", "source")
    return pd.DataFrame(rows, columns=[say.column(heading) for heading in headings])


def _read_cases(warehouse: Warehouse, choices: Choices) -> Facts:
    return of_reference(warehouse, "case_studies")


def _lay_cases(facts: Facts, say: Say) -> pd.DataFrame:
    """Who built it, what, with which model, to which effect, and what was hard, one column a case's aspect."""
    aspects = ("built", "model", "effect", "hard")
    rows = [
        (
            row["name"],
            *(row[f"{aspect}_{say.language}"] for aspect in aspects),
            say("course_facts.told", source=row["source_title"], month=say.month(row["published_date"])),
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say.column(heading) for heading in ("case_id", *aspects, "source")])


def _read_accelerators(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "hardware", "hardware")
    known = facts.frame.dropna(subset=["released_date", "memory_gb"])
    columns = ["device", "manufacturer", "released_date", "memory_gb", "power_w", "price_usd", "source_url"]
    # Chips that keep their weights in on-chip memory alone hold no model.
    drawn = known.loc[known["memory_gb"] >= 1, columns].reset_index(drop=True)
    priced = int(drawn["price_usd"].notna().sum())
    return facts.with_(frame=drawn, values={"n": len(drawn), "priced": priced})


def _draw_accelerators(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.accelerators(facts.frame, say)


def _read_rules(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "licence_rules", "licence_rules")
    return facts.with_(values={"n": len(facts.frame)})


def _lay_rules(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            row["name"],
            say(f"licences.class.{row['licence_class']}"),
            *(
                say.listing([say(f"course_facts.{rule}.{name}") for name in str(row[rule] or "").split()])
                for rule in RULES
            ),
        )
        for row in facts.frame.astype(object).where(facts.frame.notna(), None).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say.column(heading) for heading in ("licence", "licence_class", *RULES)])


ACCELERATORS = Figure(
    "course_facts.accelerators",
    _read_accelerators,
    _draw_accelerators,
    caveats=("course_facts.caveats.accelerators",),
    source="reference",
)
FIGURES = (ACCELERATORS,)
INNOVATIONS = Table(
    "course_facts.innovations",
    _read_innovations,
    _lay_innovations,
    caveats=("course_facts.caveats.innovations",),
    source="reference",
)
CASES = Table(
    "course_facts.cases", _read_cases, _lay_cases, caveats=("course_facts.caveats.cases",), source="reference"
)
LICENCE_RULES = Table(
    "course_facts.licence_rules", _read_rules, _lay_rules, caveats=("course_facts.caveats.rules",), source="reference"
)
