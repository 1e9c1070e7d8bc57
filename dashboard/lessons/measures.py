"""Tables whose rows measure different things: each row has its own unit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.figures.facts import Facts
from dashboard.needs import FIELD, TOTAL, Need
from dashboard.say import Number, Say

UNITS = ("share", "points", "days", "months", "factor", "usd", "parameters", "gb", "tokens", "tons", "year", "short")


def indicators(
    facts: Facts, say: Say, group: str, headings: tuple[str, str, str], needs: Mapping[str, Need]
) -> pd.DataFrame:
    """A table of what is measured, what it means, and the measure.

    Rows of the facts: as `cell` takes them; `<group>.<indicator>.name` and `.means` are the words of an indicator. headings: keys of
    the three columns' headings.
    """
    cells = [
        (
            say(f"{group}.{row['indicator']}.name"),
            say(f"{group}.{row['indicator']}.means"),
            cell(facts, say, row, needs),
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(cells, columns=[say(heading) for heading in headings])


def cell(facts: Facts, say: Say, row: Mapping[Any, Any], needs: Mapping[str, Need], words: str = "") -> str:
    """The measure of one row, with the list that it is of unless that is the whole; else what it lacks.

    row: indicator, value, unit, lacking, and, where the value is a share, total (what it is a share of). words: a key of words around
    the measure (`{n}`).
    """
    need, lacks = needs.get(row["indicator"]), row.get("lacking")
    if isinstance(lacks, str):
        return lacking_words(say, lacks)
    total = row.get("total")
    said = with_total(say, row["value"], row["unit"], total)
    said = say(words, n=said) if words else said
    if need is None or not need.is_of_list or facts.snapshot is None or facts.snapshot.is_whole:
        return said
    population = say.write(facts.population)
    if row["unit"] == "share" and total == facts.snapshot.repository_count and not words:
        return say("needs.of_share", share=say.share(row["value"]), population=population)
    return say("needs.of", value=said, population=population)


def counted_note(facts: Facts) -> tuple[str, ...]:
    """The caveat that names the list of what is counted, unless that is the whole."""
    return () if facts.snapshot is None or facts.snapshot.is_whole else ("needs.counted",)


def total_note(facts: Facts) -> tuple[str, ...]:
    """The caveat that says who counted how many models there are in all, unless the list is the whole or nobody did."""
    is_counted = facts.snapshot is not None and not facts.snapshot.is_whole and TOTAL.reason not in facts.lacking
    return ("needs.total",) if is_counted else ()


def lacking_words(say: Say, lacks: str) -> str:
    """What a row lacks, in a cell; under the table stands what brings it."""
    return say("ui.unknown") if lacks == FIELD else say(f"needs.lacking.{lacks}")


def with_total(say: Say, value: Number, unit: str, total: Number) -> str:
    """A value in words; a share never travels without what it is a share of."""
    words = say.measured(value, unit)
    if unit != "share" or total is None or pd.isna(total) or pd.isna(value):
        return words
    return say("measures.of", share=words, total=say.number(total))


def filled(say: Say, row: Mapping[Any, Any]) -> dict[str, str]:
    """One row of numbers as words for placeholders; the end of a column's name says its unit (`_share`, `_days`, `_at` …)."""
    return {str(name): _by_name(say, str(name), value) for name, value in row.items()}


def _by_name(say: Say, name: str, value: Any) -> str:
    ending = name.rsplit("_", 1)[-1]
    if ending in ("at", "date"):
        return say.date(value)
    if ending == "month":
        return say.month(value)
    if isinstance(value, str):
        return value
    return say.measured(value, {"mtok": "usd", "count": "number"}.get(ending, ending if ending in UNITS else "number"))
