"""Lesson: how the OpenAI API changed, generation by generation."""

import math
from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures import course_facts, findings, price_history
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table
from dashboard.figures.over_time import listing_snapshot, read_openai
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.say import Say
from dashboard.sentences import Amount, Label, Month, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_openai_innovations"
STATES = {"listed": theme.BLUE, "announced": theme.AMBER, "removed": theme.NEUTRAL}


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_openai(warehouse, choices, "lesson_openai_innovations_figure")
    counts = facts.frame["state"].value_counts()
    return facts.with_(
        beside={"innovations": course_facts.INNOVATIONS.read(warehouse, choices).frame},
        shown=len(facts.frame),
        total=len(facts.frame),
        values={state: int(counts.get(state, 0)) for state in STATES}
        | ({"removed": None} if _looked_once(facts) else {})
        | {"n": len(facts.frame), "listing": Label("open_closed.listing", facts.source or "openai")},
    )


def _looked_once(facts: Facts) -> bool:
    """Whether there is one snapshot of the list: then nobody has seen a model go."""
    return facts.snapshot is None or facts.snapshot.previous_snapshot_at is None


def _values(facts: Facts) -> dict[str, Value]:
    newest = facts.frame[facts.frame["created_at"] == facts.frame["created_at"].max()].iloc[0]
    last_year = facts.frame["created_at"] > facts.frame["created_at"].max() - pd.DateOffset(months=12)
    return {
        "n": facts.values["n"],
        "listing": facts.values["listing"],
        "removed": facts.values["removed"],
        "announced": facts.values["announced"],
        "recent": last_year.sum(),
        "newest": str(newest["model_id"]),
        "month": Month(newest["created_at"]),
        "families": facts.frame["label_en"].nunique(),
    }


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    named = facts.frame.assign(family=facts.frame[f"label_{say.language}"].fillna(say(f"{SECTION}.other")))
    told = facts.beside["innovations"]
    learned = pd.DataFrame(
        {
            "family": say(f"{SECTION}.figure.innovations"),
            "created_at": pd.to_datetime(told["innovation_date"]),
            "title": told[f"title_{say.language}"],
            "changed": told[f"changed_{say.language}"],
        }
    )
    return chart(named, learned, say, description=say.write(Sentence(f"{SECTION}.figure.alt", _values(facts))))


def chart(frame: pd.DataFrame, learned: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A row for each family, a dot where a model was created, a line on to its removal; above them what the API learned.

    frame: model_id, family (in order), state, created_at, removed_at (unknown while it is listed). learned: family (the
    name of its row), created_at, title, changed.
    """
    states = [name for name in STATES if name in set(frame["state"])]
    labels = [say(f"open_closed.state.{name}") for name in states]
    worded = frame.assign(label=[say(f"open_closed.state.{name}") for name in frame["state"]])
    order = list(dict.fromkeys([*learned["family"], *frame["family"]]))
    y = alt.Y("family:N", sort=order).title(None).axis(grid=True)
    base = alt.Chart(worded).encode(
        y=y,
        color=alt.Color("label:N", scale=theme.scale(states, labels, STATES)).title(None),
        tooltip=[
            tip(say, "model_id:N"),
            tip(say, "label:N", say.column("state")),
            tip(say, "created_at:T"),
            tip(say, "removed_at:T"),
        ],
    )
    created = alt.X("created_at:T").title(say.column("created_at"))
    gone = base.transform_filter("isValid(datum.removed_at)")
    innovations = alt.Chart(learned).mark_point(shape="diamond", filled=True, size=120, color=theme.VIOLET, opacity=0.9)
    return alt.layer(
        innovations.encode(
            y=y, x=created, tooltip=[tip(say, "title:N"), tip(say, "changed:N"), tip(say, "created_at:T")]
        ),
        gone.mark_rule(strokeWidth=2, opacity=0.7).encode(x=created, x2="removed_at:T"),
        gone.mark_point(shape="cross", angle=45, size=60, filled=True).encode(x="removed_at:T"),
        base.mark_point(filled=True, size=70, opacity=0.85).encode(x=created),
        description=description,
        height=alt.Step(22),
    )


def _insight(facts: Facts) -> Sentence:
    return Sentence(f"{SECTION}.{'see_once' if _looked_once(facts) else 'see'}", _values(facts))


def _removed(facts: Facts) -> float:
    removed = facts.values["removed"]
    return math.nan if removed is None else float(removed)


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_catalogue")
    at = {"snapshot_at": snapshot.snapshot_at}
    frame = warehouse.query("lesson_openai_innovations", **at)
    if frame.empty:
        raise NothingToShow("no_prices")
    notes, values = _price_course(frame)
    return Facts(frame, warehouse.sql("lesson_openai_innovations", **at), snapshot, notes=notes, values=values)


def _price_course(frame: pd.DataFrame) -> tuple[tuple[str, ...], dict[str, Value]]:
    """Where the input price of the generations was lowest, and how the newest and the first of the table stand to it."""
    priced = frame.dropna(subset="input_usd_per_mtok").sort_values("release_date")
    if len(priced) < 2:
        return (), {}
    rows = {
        "first": priced.iloc[0],
        "lowest": priced.loc[priced["input_usd_per_mtok"].idxmin()],
        "last": priced.iloc[-1],
    }
    values: dict[str, Value] = {}
    for place, row in rows.items():
        values |= {place: row["name"], f"{place}_price": Amount(row["input_usd_per_mtok"], "usd")}
    return (f"{SECTION}.table.course",), values


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            row["name"],
            say.month(row["release_date"]),
            say.short(row["context_tokens"]),
            f"{say.measured(row['input_usd_per_mtok'], 'usd')} / {say.measured(row['output_usd_per_mtok'], 'usd')}",
            say.listing([say.label(f"{SECTION}.modality", name) for name in row["input_modalities"]]),
            say.listing([row["benchmark"], say.measured(row["score"], "score")]) if pd.notna(row["score"]) else "–",
            _against(row, say),
        )
        for row in facts.frame.to_dict("records")
    ]
    headings = ("generation", "released", "context", "price", "modalities", "performance", "against")
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.{heading}") for heading in headings])


def _against(row: dict[str, Any], say: Say) -> str:
    """Context and price as factors of the generation before."""
    if pd.isna(row["context_factor"]):
        return "–"
    return say(
        f"{SECTION}.factors",
        context=say.measured(row["context_factor"], "factor"),
        price=say.measured(row["price_factor"], "factor"),
    )


LESSON = Lesson(
    slug="openai_innovations",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        source="openai",
        finding=findings.gone,
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="catalogue"),
    insight=_insight,
    guess=Number(_removed, low=0.0, high=200.0, step=1.0),
    references=("brown2020", "ouyang2022", "openai2023"),
    more=(course_facts.INNOVATIONS, price_history.FLAGSHIPS, price_history.RETIREMENTS),
)
