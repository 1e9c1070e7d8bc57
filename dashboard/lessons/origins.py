"""Lesson: where Hugging Face comes from, and how its Hub grew."""

from pathlib import Path

import altair as alt
import pandas as pd

from dashboard.charts.encodings import tip
from dashboard.charts.growth import cumulative, published
from dashboard.charts.lines import sum_of
from dashboard.choices import KINDS, Choices, Extra
from dashboard.figures import findings, growth
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, chosen_snapshot, read_at
from dashboard.lessons.guess import Line
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators
from dashboard.needs import CENSUS, LISTED, WHOLE
from dashboard.say import Say
from dashboard.sentences import Month, Sentence
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_origins"
CODE = Path(__file__).parent / "code"
SCALE = Extra("scale", "linear", ("linear", "log"))
APART = 0.06
"""Of the whole time: what the name of a milestone needs beside the next one."""
LEAD = 0.6
"""Of the time of the lines: how long before them milestones are drawn."""
NAME = 20
"""Points that the last name has beyond its rule."""
ELSEWHERE = "dataset_downloads"
"""Subject of milestones that are not about how many repositories there are."""
NEEDS = {
    "models": WHOLE,
    "census_models": CENSUS,
    "downloads": LISTED,
    "datasets": WHOLE,
    "spaces": WHOLE,
    "cards": LISTED,
    "authors": WHOLE,
}


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    history, is_log = facts.beside["history"], choices.extra(SCALE.name) == "log"
    if _is_published(facts):
        points = published(facts.frame, facts.beside["counted"], say, log=is_log)
        return _with_milestones(points, history, facts.frame["total_date"].min(), facts.frame["total_date"].max(), say)
    return chart(facts.frame, history, say, log=is_log)


def _is_published(facts: Facts) -> bool:
    """Whether the picture is of totals that others published, for want of a listing that tells when each was created."""
    return "total_date" in facts.frame


def chart(months: pd.DataFrame, milestones: pd.DataFrame, say: Say, *, log: bool) -> Chart:
    """The lines of growth, and the milestones from somewhat before them on.

    months: as `growth.cumulative` takes them. milestones: milestone_date, subject, title_en, title_zh, in order. The
    years before the lines are empty on purpose: nobody kept the dates of what was created then.
    """
    lines = cumulative(months, milestones.head(0), say, log=log)
    return _with_milestones(lines, milestones, months["created_month"].min(), months["created_month"].max(), say)


def _with_milestones(
    lines: Chart, milestones: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp, say: Say
) -> Chart:
    """The lines, and a rule at each milestone, which says its name to the mouse; those of the Hub itself that stand apart are named."""
    begins = since - (until - since) * LEAD
    known = milestones[(milestones["subject"] != ELSEWHERE) & milestones["milestone_date"].between(begins, until)]
    if known.empty:
        return lines
    worded = known.assign(words=known[f"title_{say.language}"])
    named = worded[_stand_apart(worded, (until - min(since, worded["milestone_date"].min())) * APART)]
    x = alt.X("milestone_date:T").scale(padding=NAME)
    tooltip = [tip(say, "milestone_date:T"), tip(say, "words:N", say.column("milestone"))]
    rules = (
        alt.Chart(worded.assign(opacity=worded.index.isin(named.index) * 0.4 + 0.2))
        .mark_rule(strokeDash=[2, 5], strokeWidth=2)
        .encode(x=x, opacity=alt.Opacity("opacity:Q").scale(None).legend(None), tooltip=tooltip)
    )
    names = (
        alt.Chart(named)
        .mark_text(angle=270, align="right", baseline="top", dx=-4, dy=2)
        .encode(x=x, y=alt.value(0), text="words:N", tooltip=tooltip)
    )
    return sum_of(lines, rules, names).properties(description=f"{lines.description} {_listed(worded, say)}")


def _stand_apart(milestones: pd.DataFrame, apart: pd.Timedelta) -> pd.Series:
    """Which of them have room for a name: of the Hub's own, in order of date, each that comes late enough after the one before."""
    last, told = pd.Timestamp.min, []
    for row in milestones.sort_values("milestone_date").to_dict("records"):
        if row["subject"] == "hub" and row["milestone_date"] - apart >= last:
            last = row["milestone_date"]
            told.append(row["words"])
    return milestones["words"].isin(told)


def _listed(milestones: pd.DataFrame, say: Say) -> str:
    return say.listing([f"{say.month(row['milestone_date'])} {row['words']}" for row in milestones.to_dict("records")])


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    """Growth as its own page shows it; where the listing does not tell it, as others published it."""
    chosen_snapshot(warehouse, choices)
    try:
        return _read_created(warehouse, choices)
    except NothingToShow:
        facts = growth.PUBLISHED.read(warehouse, choices)
        beside = {**facts.beside, "history": warehouse.query("milestones")}
        notes = (*facts.notes, *growth.PUBLISHED.caveats)
        return facts.with_(beside=beside, notes=notes, source=growth.PUBLISHED.source)


def _read_created(warehouse: Warehouse, choices: Choices) -> Facts:
    """The milestones are named in the picture, not lettered."""
    facts = growth.CUMULATIVE.read(warehouse, choices)
    if _models(facts).empty:
        raise NothingToShow("no_dates", kind=choices.kind)
    notes = (*facts.notes, *growth.CUMULATIVE.caveats)
    return facts.with_(beside={"history": facts.beside["milestones"]}, notes=notes)


def _models(facts: Facts) -> pd.DataFrame:
    """created_month, cumulative_count of models, oldest first; of published totals the day of each and the total."""
    columns = {"total_date": "created_month", "repository_count": "cumulative_count"} if _is_published(facts) else {}
    frame = facts.frame.rename(columns=columns)
    return frame[frame["kind"] == "model"].sort_values("created_month")


def _insight(facts: Facts) -> Sentence:
    """How long the last doubling took; of published totals, which are no series, the first and the last."""
    months = _models(facts)
    last = months.iloc[-1]
    if _is_published(facts):
        ends = {"first": Month(months["created_month"].iloc[0]), "first_count": months["cumulative_count"].iloc[0]}
        return Sentence(
            f"{SECTION}.see_published",
            {**ends, "last": Month(last["created_month"]), "count": last["cumulative_count"]},
        )
    half = months[months["cumulative_count"] >= last["cumulative_count"] / 2].iloc[0]
    elapsed = (last["created_month"] - half["created_month"]).days / 30.44
    said = {"count": last["cumulative_count"], "half": Month(half["created_month"]), "months": elapsed}
    return Sentence(f"{SECTION}.see", said)


def _by_year(facts: Facts, say: Say) -> dict[str, float]:
    """Models at the end of each year; of the last one, at its last month drawn."""
    months = _models(facts)
    ends = months.groupby(months["created_month"].dt.year).tail(1)
    return {say.month(row["created_month"]): float(row["cumulative_count"]) for row in ends.to_dict("records")}


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.feature", f"{SECTION}.meaning", f"{SECTION}.evidence")
    table = indicators(facts, say, f"{SECTION}.features", headings, NEEDS)
    table[say(f"{SECTION}.since")] = [
        "–" if pd.isna(row["since_date"]) else say.month(row["since_date"]) for row in facts.frame.to_dict("records")
    ]
    return table


def _three_lines(facts: Facts) -> str:
    """What the library made easy, whichever the numbers."""
    return (CODE / "three_lines_python.txt").read_text(encoding="utf-8")


LESSON = Lesson(
    slug="origins",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        kinds=KINDS[:1],
        finding=findings.half,
    ),
    table=Table(
        f"{SECTION}.table",
        read=lambda warehouse, choices: read_at(warehouse, choices, "lesson_origins"),
        lay=_lay,
        needs=NEEDS,
    ),
    insight=_insight,
    guess=Line(_by_year, given=2, unit="short"),
    references=("wolf2020", "devlin2018", "brown2020"),
    code={"three_lines_python": _three_lines},
    extras=(SCALE,),
)
