"""Published claims beside what the reader's snapshot says, under each definition, and what to conclude from it."""

from functools import partial
from typing import Any

import pandas as pd

from dashboard.charts import claims as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, of_reference, read_at
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Warehouse

TOPICS = {
    "concentration": "claims_of_downloads",
    "use": "claims_of_downloads",
    "licences": "claims_of_parts",
    "metadata": "claims_of_parts",
    "lineage": "claims_of_parts",
    "sizes": "claims_of_parts",
    "counts": "claims_of_counts",
    "elsewhere": "claims_of_counts",
}
"""Topic of claims to the query that recomputes them. No listing answers those of "elsewhere"."""


def read_topic(warehouse: Warehouse, choices: Choices, topic: str) -> Facts:
    """Claims of a topic, one row for each definition, with `verdict`: holds, differs, or unknown.

    `beside` holds the claims themselves: sentence_en, sentence_zh, source_title, source_url, published_date, data_date.
    """
    facts = read_at(warehouse, choices, TOPICS[topic], topic=topic)
    frame = facts.frame.assign(verdict=[_verdict(row) for row in facts.frame.to_dict("records")])
    verdicts = [verdict_of(rows, facts) for _, rows in frame.groupby("claim_id")]
    return facts.with_(
        frame=frame,
        total=None,
        beside={"claims": warehouse.query("claims").set_index("claim_id", drop=False)},
        values={"n": len(verdicts), "holds": verdicts.count("holds")},
        notes=("claims.caveats.simulated",) if facts.is_simulated else (),
    )


def _verdict(row: dict[str, Any]) -> str:
    if pd.isna(row["value"]):
        return "unknown"
    low, high = charts.tolerated(row)
    return "holds" if low <= row["value"] <= high else "differs"


def verdict_of(rows: pd.DataFrame, facts: Facts) -> str:
    """What the rows of one claim come to: a key of `claims.verdict`.

    A claim holds by the definition of whoever made it; by another one alone it "holds otherwise".
    """
    known = rows[rows["verdict"] != "unknown"]
    if rows["definition_id"].isna().all():
        return "unlisted"
    if known.empty:
        is_whole = facts.snapshot is not None and facts.snapshot.is_whole
        return "unknown" if is_whole else "needs_full"
    holding = known[known["verdict"] == "holds"]
    if holding["is_own"].any():
        return "holds"
    return "differs" if holding.empty else "holds_otherwise"


def _read_drawn(warehouse: Warehouse, choices: Choices, topic: str) -> Facts:
    facts = read_topic(warehouse, choices, topic)
    if facts.frame["value"].isna().all():
        raise NothingToShow("claims_need_full")
    return facts


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.beside(worded(facts, say), say, unit=facts.frame["unit"].iloc[0])


def worded(facts: Facts, say: Say) -> pd.DataFrame:
    """The rows with `sentence`, `definition`, `published`, `measured` and `parts` (n of N) in words; unknown is said."""
    frame, claims = facts.frame, facts.beside["claims"]
    rows = frame.to_dict("records")
    return frame.assign(
        sentence=[claims.loc[row["claim_id"], f"sentence_{say.language}"] for row in rows],
        definition=[_definition(row, say) for row in rows],
        published=[amount(row["published_value"], row["unit"], say) for row in rows],
        measured=[amount(row["value"], row["unit"], say) for row in rows],
        parts=[_parts(row, say) for row in rows],
    )


def _definition(row: dict[str, Any], say: Say) -> str:
    if pd.isna(row["definition_id"]):
        return say("claims.no_definition")
    words = say(f"claims.definitions.{row['definition_id']}")
    return say("claims.own", definition=words) if row["is_own"] else words


def amount(value: float, unit: str, say: Say) -> str:
    """A share or a count in words."""
    return say.share(value) if unit == "share" else say.short(value)


def _parts(row: dict[str, Any], say: Say) -> str:
    if pd.isna(row["value"]):
        return say("ui.unknown")
    if row["unit"] == "count":
        return say.number(row["numerator"])
    return say("claims.parts", n=say.number(row["numerator"]), total=say.number(row["denominator"]))


def terms(claim: dict[str, Any], say: Say) -> str:
    """When a claim was published, of when its data are, and within what it holds where it can be measured."""
    dates = {"published": say.month(claim["published_date"]), "data": say.month(claim["data_date"])}
    if claim["topic"] == "elsewhere":
        return say("claims.unlisted", **dates)
    if claim["bound"] == "more than":
        least = amount(claim["published_value"] - claim["tolerance"], claim["unit"], say)
        return say("claims.of_a_bound", **dates, least=least)
    if claim["unit"] == "share":
        tolerance = say("claims.points", n=say.number(claim["tolerance"] * 100))
    else:
        tolerance = say("claims.around", n=say.short(claim["tolerance"]))
    return say("claims.of_a_claim", **dates, tolerance=tolerance)


def _read_all(warehouse: Warehouse, choices: Choices) -> Facts:
    topics = [read_topic(warehouse, choices, topic) for topic in TOPICS]
    first = topics[0]
    return first.with_(
        frame=pd.concat([facts.frame for facts in topics], ignore_index=True),
        sql="\nunion all\n".join(f"(\n{facts.sql}\n)" for facts in topics),
        values={},
    )


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    columns = ("sentence", "published", "definition", "measured", "verdict", "source")
    rows = worded(facts, say)
    laid = rows.assign(
        verdict=[say(f"claims.compared.{verdict}") for verdict in rows["verdict"]],
        source=[facts.beside["claims"].loc[claim, "source_title"] for claim in rows["claim_id"]],
    )[list(columns)]
    return laid.set_axis([say(f"claims.headings.{column}") for column in columns], axis=1)


def _figure(topic: str) -> Figure:
    return Figure(
        f"claims.{topic}",
        partial(_read_drawn, topic=topic),
        _draw,
        caveats=("claims.caveats.tolerance",),
        kinds=("model",),
    )


CONCENTRATION = _figure("concentration")
USE = _figure("use")
LICENCES = _figure("licences")
METADATA = _figure("metadata")
LINEAGE = _figure("lineage")
SIZES = _figure("sizes")
COUNTS = _figure("counts")

FIGURES = (CONCENTRATION, USE, LICENCES, METADATA, LINEAGE, SIZES, COUNTS)
TABLE = Table("claims.table", _read_all, _lay, caveats=("claims.caveats.tolerance",))


def _read_impact(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = of_reference(warehouse, "impact_claims")
    return facts.with_(values={"n": len(facts.frame)})


def _lay_impact(facts: Facts, say: Say) -> pd.DataFrame:
    """Each claim with its standing, what would settle it, and who says so when."""
    rows = [
        (
            row[f"sentence_{say.language}"],
            say(f"claims.standing.{row['status']}"),
            row[f"settled_by_{say.language}"],
            say("claims.said_by", source=row["source_title"], month=say.month(row["published_date"])),
        )
        for row in facts.frame.to_dict("records")
    ]
    headings = ("sentence", "status", "settled_by", "source")
    return pd.DataFrame(rows, columns=[say.column(heading) for heading in headings])


IMPACT = Table("claims.impact", _read_impact, _lay_impact, caveats=("claims.caveats.impact",), source="reference")
