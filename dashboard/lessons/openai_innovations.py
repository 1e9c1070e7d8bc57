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
SHOWN_FAMILIES = 8
"""Those of most models have a row of their own; the others share one."""
SHORTEST = pd.Timedelta(days=12)
"""What a life takes at least, to be seen."""
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
    counts = named["family"].value_counts()
    rest = set(counts.index[SHOWN_FAMILIES:]) if len(counts) > SHOWN_FAMILIES + 1 else set()
    folded = say("ui.other", n=say.number(len(rest)))
    named["family"] = named["family"].where(~named["family"].isin(rest), folded)
    named = named.sort_values("created_at", kind="stable")
    last = named[named["family"] != folded]["family"].unique()
    told = facts.beside["innovations"]
    learned = pd.DataFrame(
        {
            "created_at": pd.to_datetime(told["innovation_date"]),
            "title": told[f"title_{say.language}"],
            "changed": told[f"changed_{say.language}"],
        }
    )
    until = facts.snapshot.snapshot_at if facts.snapshot else named["created_at"].max()
    rows = [*last, *([folded] if rest else [])]
    description = say.write(Sentence(f"{SECTION}.figure.alt", _values(facts)))
    return chart(named, rows, learned, say, until=pd.Timestamp(until), description=description)


def chart(
    frame: pd.DataFrame,
    families: list[str],
    learned: pd.DataFrame,
    say: Say,
    *,
    until: pd.Timestamp,
    description: str,
) -> Chart:
    """A row for each family, in it a bar for the life of each model, from its creation to its removal or to today.

    frame: model_id, family (one of `families`), state, created_at, removed_at (unknown while it is listed). learned:
    created_at, title, changed: what the API learned, along the upper edge.
    """
    states = [name for name in STATES if name in set(frame["state"])]
    labels = [say(f"open_closed.state.{name}") for name in states]
    lives = frame.assign(
        label=[say(f"open_closed.state.{name}") for name in frame["state"]],
        end=frame["removed_at"].fillna(until).clip(lower=frame["created_at"] + SHORTEST),
    )
    lives = lives.assign(**_lanes(lives, families))
    rows = [say(f"{SECTION}.figure.innovations"), *families]
    y = (
        alt.Y("top:Q")
        .title(None)
        .scale(domain=[len(rows), 0], nice=False)
        .axis(
            values=[row + 0.5 for row in range(len(rows))],
            labelExpr=f"{rows}[floor(datum.value)]",
            labelOverlap=False,
            grid=False,
        )
    )
    x = alt.X("created_at:T").title(say.column("created_at"))
    bars = (
        alt.Chart(lives)
        .mark_rect()
        .encode(
            x=x,
            x2="end:T",
            y=y,
            y2="bottom:Q",
            color=alt.Color("label:N", scale=theme.scale(states, labels, STATES)).title(None),
            tooltip=[
                tip(say, "model_id:N"),
                tip(say, "label:N", say.column("state")),
                tip(say, "created_at:T"),
                tip(say, "removed_at:T"),
            ],
        )
    )
    innovations = (
        alt.Chart(learned.assign(top=0.5))
        .mark_point(shape="diamond", filled=True, size=120, color=theme.VIOLET, opacity=0.9)
        .encode(x=x, y=y, tooltip=[tip(say, "title:N"), tip(say, "changed:N"), tip(say, "created_at:T")])
    )
    return alt.layer(bars, innovations, description=description, height=34 * len(rows))


def _lanes(lives: pd.DataFrame, families: list[str]) -> dict[str, pd.Series]:
    """top and bottom of each bar: models that live at the same time lie in lanes beside each other within their family's row."""
    lane = pd.Series(0, index=lives.index)
    for _, models in lives.groupby("family", sort=False):
        free: list[pd.Timestamp] = []
        for row, created, end in models[["created_at", "end"]].sort_values("created_at").itertuples():
            open_lane = next((place for place, since in enumerate(free) if since <= created), len(free))
            free[open_lane : open_lane + 1] = [end]
            lane[row] = open_lane
    lanes = lane.groupby(lives["family"]).transform("max") + 1
    base = lives["family"].map(families.index) + 1.08
    height = 0.84 / lanes
    return {"top": base + lane * height, "bottom": base + (lane + 0.86) * height}


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
