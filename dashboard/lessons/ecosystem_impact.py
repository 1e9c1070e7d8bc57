"""Lesson: what the open ecosystem does with large models, and how fast."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures import findings, publishers
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.figures.over_time import marked
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators
from dashboard.needs import LISTED, WHOLE
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_ecosystem_impact"
RELATIONS = ("finetune", "adapter", "quantized", "merge")
NEEDS = {
    "reuse": LISTED,
    "per_base": WHOLE,
    "speed_before": WHOLE,
    "speed_now": WHOLE,
    "authors": WHOLE,
    "languages": LISTED,
    "tasks": LISTED,
    "gini": WHOLE,
    "top_1pct": WHOLE,
}
BAND = 0.82
"""Height of the largest quarter within the row of its family."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_ecosystem_impact_figure")
    drawn = facts.frame[facts.frame["relation"].isin(RELATIONS)]
    facts = facts.with_(frame=drawn.reset_index(drop=True), shown=int(drawn["derivative_count"].sum()))
    return marked(facts, "quarter", months=3)


def _families(facts: Facts) -> pd.DataFrame:
    """One row a family, the largest first."""
    return facts.frame.drop_duplicates("family_id")


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    parts = [
        say(f"{SECTION}.figure.part", family=row.family, n=say.number(row.family_total), days=say.days(row.median_days))
        for row in _families(facts).itertuples()
    ]
    return chart(facts.frame, say, description=say(f"{SECTION}.figure.alt", parts=say.listing(parts)))


def chart(frame: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A row for each family, bars of its derivatives by quarter within it, all rows on one scale.

    frame: family, family_total, median_days (may be unknown), quarter, is_partial, relation,
    derivative_count; the families in order.
    """
    labels = [say(f"lineage.relation.{name}") for name in RELATIONS]
    rows = _stacked(frame)
    rows = rows.assign(relation=[say(f"lineage.relation.{name}") for name in rows["relation"]])
    names = frame.drop_duplicates("family_id").reset_index(drop=True)
    names = names.assign(
        baseline=[-place for place in range(len(names))],
        words=[
            say(f"{SECTION}.figure.row", n=say.number(row.family_total), days=say.days(row.median_days))
            for row in names.itertuples()
        ],
        start=frame["quarter"].min(),
    )
    y = alt.Y("bottom:Q").axis(None).scale(domain=[-len(names) + 0.9, 1], nice=False)
    bars = (
        alt.Chart(rows)
        .mark_rect()
        .encode(
            x=alt.X("quarter:T").title(say(f"{SECTION}.figure.quarter")),
            x2="end:T",
            y=y,
            y2="top:Q",
            color=alt.Color("relation:N", scale=theme.scale(RELATIONS, labels, theme.RELATIONS)).title(None),
            opacity=alt.condition("datum.is_partial", alt.value(theme.PALE), alt.value(1)),
            tooltip=[
                tip(say, "family:N", say.column("family")),
                tip(say, "quarter:T", say(f"{SECTION}.figure.quarter"), form="%Y-%m"),
                tip(say, "relation:N"),
                tip(say, "derivative_count:Q"),
            ],
        )
    )
    base = alt.Chart(names).encode(y=alt.Y("baseline:Q").axis(None), x=alt.X("start:T"))
    return alt.layer(
        alt.Chart(names).mark_rule(opacity=0.4).encode(y=alt.Y("baseline:Q").axis(None)),
        bars,
        base.mark_text(align="left", dx=6, dy=-34, fontWeight="bold").encode(text="family:N"),
        base.mark_text(align="left", dx=6, dy=-16).encode(text="words:N"),
        description=description,
        height=62 * len(names),
    )


def _stacked(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with bottom and top of each bar (the first family's row is 0, the next -1 …) and the quarter's end."""
    ordered = frame.assign(position=frame["relation"].map(RELATIONS.index)).sort_values(["quarter", "position"])
    place = {family: -number for number, family in enumerate(frame["family_id"].drop_duplicates())}
    tops = ordered.groupby(["family_id", "quarter"])["derivative_count"].cumsum()
    largest = frame.groupby(["family_id", "quarter"])["derivative_count"].sum().max()
    top = ordered["family_id"].map(place) + tops / largest * BAND
    return ordered.assign(
        top=top,
        bottom=top - ordered["derivative_count"] / largest * BAND,
        end=ordered["quarter"] + pd.DateOffset(months=3) - pd.DateOffset(days=8),
    )


def _insight(facts: Facts) -> Sentence:
    """The family with most derivatives, what it is made into most, and how fast."""
    first = _families(facts).iloc[0]
    made = facts.frame[facts.frame["family_id"] == first["family_id"]].groupby("relation")["derivative_count"].sum()
    said = {
        "family": first["family"],
        "n": first["family_total"],
        "relation": Words(f"lineage.relation.{made.idxmax()}"),
        "share": Amount(made.max() / made.sum(), "share"),
        "days": Amount(first["median_days"], "days"),
    }
    return Sentence(f"{SECTION}.see", said)


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_ecosystem_impact")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.factor", f"{SECTION}.meaning", f"{SECTION}.measure")
    return indicators(facts, say, f"{SECTION}.factors", headings, NEEDS)


LESSON = Lesson(
    slug="ecosystem_impact",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(WHOLE,),
        finding=findings.leads("family", "derivative_count"),
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), needs=NEEDS),
    insight=_insight,
    guess=Order(lambda facts, say: list(_families(facts)["family"])[:5]),
    references=("hu2021", "dettmers2023", "bommasani2021", "touvron2023"),
    more=(publishers.REGIONS, publishers.ORGANISATIONS),
)
