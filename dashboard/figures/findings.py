"""What a picture says, computed from its facts: the title that stands above what the picture is.

Each function makes a finding for `Figure.finding`; a finding is None where the facts tell none, such as a change of which only
one moment is known. Words: `findings.<shape>`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard.choices import UNDECLARED, Choices
from dashboard.figures.facts import Facts, Finding
from dashboard.say import LANGUAGES
from dashboard.sentences import Amount, Label, Month, Name, Sentence, Value, Words

NOBODY = frozenset({UNDECLARED, "unknown", "unmapped", "other", "unstated"})
"""Values of a category that are no answer to who leads."""
LEAST = 0.002
"""Of a share: a smaller change is none that a title tells."""

Row = Mapping[str, Any]
Named = Callable[[Row], Value]


def column(name: str) -> Named:
    """Named as the data name it."""
    return lambda row: str(row[name])


def label(group: str, name: str) -> Named:
    """Named by the words for the value of a column."""
    return lambda row: Label(group, str(row[name]))


def translated(name: str) -> Named:
    """Named by the columns `label_<language>`, or by its id."""
    return lambda row: Name({language: row[f"label_{language}"] for language in LANGUAGES}, str(row[name]))


def leads(by: str, value: str, named: Named | None = None, *, unit: str = "short") -> Finding:
    """Which of the categories `by` has most of `value`, summed over its rows; who is not known does not lead."""

    def found(facts: Facts, choices: Choices) -> Sentence | None:
        known = facts.frame[~facts.frame[by].isin(NOBODY)].dropna(subset=[by, value])
        sums = known.groupby(by, sort=False)[value].sum()
        if sums.empty or not sums.max() > 0:
            return None
        row = known[known[by] == sums.idxmax()].iloc[0].to_dict()
        return Sentence("findings.leads", {"name": (named or column(by))(row), "value": Amount(sums.max(), unit)})

    return found


def moved_most(by: str, when: str, value: str, named: Named, *, unit: str = "share") -> Finding:
    """Which line of `by` moved most between the first and the last moment, and from where to where."""

    def found(facts: Facts, choices: Choices) -> Sentence | None:
        frame = facts.frame[~facts.frame[by].isin(NOBODY - {UNDECLARED})].dropna(subset=value)
        whole = frame[~frame["is_partial"]] if "is_partial" in frame else frame
        if whole[when].nunique() < 2:
            return None
        wide = whole.pivot_table(index=when, columns=by, values=value, aggfunc="sum").fillna(0.0)
        change = (wide.iloc[-1] - wide.iloc[0]).abs()
        return _change(wide[change.idxmax()], named({by: change.idxmax()}), unit) if change.max() >= LEAST else None

    return found


def changed(when: str, value: str, name: str, *, unit: str, only: tuple[str, str] | None = None) -> Finding:
    """How one number moved between the first and the last moment. only: a column and the value that its rows have."""

    def found(facts: Facts, choices: Choices) -> Sentence | None:
        frame = facts.frame if only is None else facts.frame[facts.frame[only[0]] == only[1]]
        known = frame.dropna(subset=value).sort_values(when).set_index(when)[value]
        return _change(known, Words(name), unit) if known.index.nunique() > 1 else None

    return found


def _change(series: pd.Series, name: Value, unit: str) -> Sentence:
    ends = {"before": Amount(series.iloc[0], unit), "now": Amount(series.iloc[-1], unit)}
    return Sentence("findings.changed", {"name": name, "since": Month(series.index[0]), **ends})


def population(facts: Facts, choices: Choices) -> Sentence | None:
    """How many of a kind there were at the first snapshot and at the last."""
    mine = facts.frame[facts.frame["kind"] == choices.kind].sort_values("snapshot_at")
    counts = mine.set_index("snapshot_at")["repository_count"]
    return _change(counts, Label("ui.kinds_of", choices.kind), "short") if len(counts) > 1 else None


def half(facts: Facts, choices: Choices) -> Sentence | None:
    """Since when half of all repositories of a kind were created."""
    if "cumulative_count" not in facts.frame:
        return None
    mine = facts.frame[facts.frame["kind"] == choices.kind].sort_values("created_month")
    if len(mine) < 2:
        return None
    counts = mine.set_index("created_month")["cumulative_count"]
    since = counts[counts >= counts.iloc[-1] / 2].index[0]
    kind = Label("ui.kinds_of", choices.kind)
    return Sentence("findings.half", {"kind": kind, "n": Amount(counts.iloc[-1], "short"), "since": Month(since)})


def terms(facts: Facts, choices: Choices) -> Sentence | None:
    """The largest class of licences, and the share that states none."""
    shares = facts.frame.set_index("licence_class")["share"]
    stated = shares[~shares.index.isin(NOBODY)]
    if stated.empty or UNDECLARED not in shares:
        return None
    name = Label("licences.class", str(stated.idxmax()))
    said = {"name": name, "share": Amount(stated.max(), "share"), "undeclared": Amount(shares[UNDECLARED], "share")}
    return Sentence("findings.terms", said)


def gained(facts: Facts, choices: Choices) -> Sentence | None:
    """Who gained most."""
    rows = facts.frame.sort_values("change", ascending=False)
    first = rows.iloc[0]
    return (
        Sentence("findings.gained", {"name": str(first["id"]), "n": first["change"]}) if first["change"] > 0 else None
    )


def unused(facts: Facts, choices: Choices) -> Sentence | None:
    """How many had no download at all."""
    return Sentence("findings.unused", {"n": facts.values["zero"], "total": facts.shown, **_of(choices)})


def gone(facts: Facts, choices: Choices) -> Sentence | None:
    """How many models of a list are gone, and how many are announced to go."""
    if facts.values["removed"] is None:
        return None
    return Sentence("findings.gone", {name: facts.values[name] for name in ("removed", "announced")})


def shifted(named: Named) -> Finding:
    """The share that moved most between two snapshots."""

    def found(facts: Facts, choices: Choices) -> Sentence | None:
        row = facts.frame.loc[facts.frame["share_change_points"].abs().idxmax()].to_dict()
        ends = {"before": Amount(row["previous_share"], "share"), "now": Amount(row["share"], "share")}
        points = f"{row['share_change_points']:+.2f}"
        return Sentence("changes.said.shift", {"label": named(row), "points": points, **ends})

    return found


def _of(choices: Choices) -> dict[str, Value]:
    return {"kind": Label("ui.noun", choices.kind)}
