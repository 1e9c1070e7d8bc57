"""Figures of whether the API is getting cheaper, and of how its models end: what documents tell, and what we saw."""

from datetime import datetime

import pandas as pd

from dashboard.charts import price_history as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, credits_of
from dashboard.figures.over_time import listing_snapshot
from dashboard.needs import CATALOGUE
from dashboard.say import Say
from dashboard.sentences import Amount, Month, Sentence, Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

QUARTILES = (0.25, 0.5, 0.75)
"""Of the published scores: how good a model must be, from which a reader can choose."""
STEP = 5
"""To whose multiples a score is rounded down."""


def _told(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    """What documents tell of OpenAI's models up to the reader's moment."""
    at = {"snapshot_at": _moment(warehouse, choices)}
    facts = Facts(warehouse.query(query, **at), warehouse.sql(query, **at), None)
    if facts.frame.empty:
        raise NothingToShow("no_documents")
    return facts.with_(credits=credits_of(warehouse, "openai_releases"))


def _moment(warehouse: Warehouse, choices: Choices) -> datetime:
    return choices.as_of or warehouse.newest_snapshot_at


def _read_flagships(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _told(warehouse, choices, "flagship_prices")
    first, last = facts.frame.iloc[0], facts.frame.iloc[-1]
    return facts.with_(
        values={
            "first": Amount(first["input_usd_per_mtok"], "usd"),
            "since": Month(first["released_date"]),
            "last": Amount(last["input_usd_per_mtok"], "usd"),
            "now": Month(last["released_date"]),
            "least": Amount(facts.frame["input_usd_per_mtok"].min(), "usd"),
        },
    )


def _draw_flagships(facts: Facts, say: Say, choices: Choices) -> Chart:
    named = [
        say("open_closed.flagships.name", model=row["model_id"], month=say.month(row["released_date"]))
        for row in facts.frame.to_dict("records")
    ]
    return charts.flagships(facts.frame.assign(name=named), say)


def _scores(published: pd.DataFrame) -> list[str]:
    """How good a model must be, of what was published: scores to choose from."""
    quartiles = published["score"].quantile(list(QUARTILES))
    return [str(score) for score in sorted({int(score // STEP * STEP) for score in quartiles})]


def _read_cheapest(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_catalogue")
    published = warehouse.query("lesson_side_by_side_figure", snapshot_at=snapshot.snapshot_at)
    if published.empty:
        raise NothingToShow("no_scores")
    offered, chosen = _scores(published), choices.extra("score")
    score = int(chosen if chosen in offered else offered[len(offered) // 2])
    benchmark = str(published["benchmark"].iloc[0])
    at = {"snapshot_at": snapshot.snapshot_at, "benchmark": benchmark, "score": score}
    frame = warehouse.query("cheapest_at_score", **at)
    if frame.empty:
        raise NothingToShow("no_scores")
    steps = frame[frame["is_cheapest"]].drop(columns="is_cheapest").reset_index(drop=True)
    return Facts(
        steps,
        warehouse.sql("cheapest_at_score", **at),
        snapshot,
        beside={"scores": pd.DataFrame({"score": offered})},
        values={"benchmark": benchmark, "score": score, "n": len(frame), "until": pd.Timestamp(snapshot.snapshot_at)},
    )


def _draw_cheapest(facts: Facts, say: Say, choices: Choices) -> Chart:
    # A price holds until a cheaper model comes, at the latest until the snapshot.
    ends = facts.frame.groupby("side").tail(1).assign(name=None, release_date=facts.values["until"])
    drawn = pd.concat([facts.frame, ends]).sort_values(["side", "release_date"])
    return charts.cheapest(drawn, say)


def _read_retirements(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = _told(warehouse, choices, "openai_retirements")
    releases = warehouse.query("openai_releases", snapshot_at=_moment(warehouse, choices))
    lived = releases.loc[releases["is_shut_down"].fillna(False).astype(bool), "lived_days"].dropna()
    counts = facts.frame.groupby("basis")["model_count"].sum()
    has_list = warehouse.snapshot("openai_models", as_of=choices.as_of) is not None
    return facts.with_(
        is_made_up=has_list and warehouse.is_simulated,
        values={
            "documents": int(counts.get("documents", 0)),
            "seen": _seen(int(counts.get("seen", 0))) if has_list else Words("open_closed.retirements.not_watched"),
            "days": Amount(float(lived.median()), "days"),
            "n": len(lived),
        },
        notes=() if has_list else ("open_closed.caveats.not_watched",),
    )


def _seen(count: int) -> Sentence:
    return Sentence("open_closed.retirements.seen", {"n": count})


def _draw_retirements(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.retirements(facts.frame, say)


FLAGSHIPS = Figure(
    "open_closed.flagships",
    _read_flagships,
    _draw_flagships,
    caveats=("open_closed.caveats.flagships",),
    kinds=(),
    source="reference",
)
CHEAPEST = Figure(
    "open_closed.cheapest",
    _read_cheapest,
    _draw_cheapest,
    caveats=("open_closed.caveats.cheapest",),
    kinds=(),
    source="catalogue",
    needs=(CATALOGUE,),
    finding=findings.changed(
        "release_date", "cheapest_usd_per_mtok", "findings.name.open_price", unit="usd", only=("side", "open")
    ),
)
RETIREMENTS = Figure(
    "open_closed.retirements",
    _read_retirements,
    _draw_retirements,
    caveats=("open_closed.caveats.retirements",),
    kinds=(),
    source="reference",
)

FIGURES = (FLAGSHIPS, CHEAPEST, RETIREMENTS)
