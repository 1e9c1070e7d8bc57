"""Lesson: one call from key to cost, and the same task done with an open model. The code runs (a test runs it)."""

from functools import partial
from pathlib import Path

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.choices import Choices, Extra
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table
from dashboard.figures.over_time import listing_snapshot
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_using_the_api"
CODE = Path(__file__).parent / "code"
OPEN_FAMILY = Extra("open_family", default="qwen", longest=40)
"""Whose newest model stands for the open side."""
EXAMPLES = ("openai_curl", "openai_python", "open_model_python")
STEPS = ("account", "key", "request", "response", "errors", "cost")
SEQUENCE = (
    ("program", "api", "request", "ask"),
    ("api", "api", "checks", "inside"),
    ("api", "model", "tokens_in", "ask"),
    ("model", "model", "generates", "inside"),
    ("model", "api", "tokens_out", "answer"),
    ("api", "program", "response", "answer"),
    ("program", "program", "cost", "inside"),
)
LANES = {"program": 0.0, "api": 1.0, "model": 2.0}
WAYS = {"ask": theme.BLUE, "answer": theme.AMBER, "inside": theme.NEUTRAL}


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_catalogue")
    at = {"snapshot_at": snapshot.snapshot_at, "family": choices.extra(OPEN_FAMILY.name) or OPEN_FAMILY.default}
    frame = warehouse.query("lesson_using_the_api", **at)
    if "closed" not in set(frame["side"]):
        raise NothingToShow("no_prices")
    if "open" not in set(frame["side"]):
        raise NothingToShow("no_hosted_family")
    closed = frame.set_index("side").loc["closed"]
    example = {
        "calls": int(closed["call_count"]),
        "tokens_in": int(closed["input_tokens"]),
        "tokens_out": int(closed["output_tokens"]),
        "model": str(closed["model_id"]),
    }
    return Facts(frame, warehouse.sql("lesson_using_the_api", **at), snapshot, values=example)


def _families(warehouse: Warehouse, choices: Choices) -> dict[str, str]:
    """Families that a host offers with a price, the most offered first."""
    try:
        snapshot = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_catalogue")
    except NothingToShow:
        return {}
    frame = warehouse.query("hosted_families", snapshot_at=snapshot.snapshot_at)
    return dict(zip(frame["family_id"], frame["family"], strict=True))


def _side(facts: Facts, side: str) -> pd.Series:
    return facts.frame.set_index("side").loc[side]


def _values(facts: Facts) -> dict[str, Value]:
    """The worked example: models, prices, tokens, costs."""
    closed, opened = _side(facts, "closed"), _side(facts, "open")
    return {
        "model": str(closed["model_id"]),
        "open_model": str(opened["name"]),
        "host": str(opened["provider_name"]),
        "calls": closed["call_count"],
        "tokens_in": closed["input_tokens"],
        "tokens_out": closed["output_tokens"],
        "price_in": Amount(closed["input_usd_per_mtok"], "usd"),
        "price_out": Amount(closed["output_usd_per_mtok"], "usd"),
        "cost": Amount(closed["cost_usd"], "usd"),
        "open_cost": Amount(opened["cost_usd"], "usd"),
        "factor": Amount(closed["cost_usd"] / opened["cost_usd"], "ratio"),
        "context": Amount(closed["context_tokens"], "short"),
    }


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    values = _values(facts)
    steps = pd.DataFrame(
        [
            (source, target, say.write(Sentence(f"{SECTION}.sequence.{name}", values)), way)
            for source, target, name, way in SEQUENCE
        ],
        columns=["source", "target", "words", "way"],
    )
    return chart(steps, say, description=say.write(Sentence(f"{SECTION}.figure.alt", values)))


def chart(steps: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A lifeline for each party and an arrow for each step, from the top.

    steps: source and target (of LANES), words, way (of WAYS); a step from a party to itself is written beside its lifeline.
    """
    placed = steps.assign(
        row=range(1, len(steps) + 1),
        start=steps["source"].map(LANES),
        end=steps["target"].map(LANES),
    )
    placed = placed.assign(
        middle=(placed["start"] + placed["end"]) / 2,
        head=[270 if end < start else 90 for start, end in zip(placed["start"], placed["end"], strict=True)],
    )
    lanes = pd.DataFrame(
        {
            "lane": list(LANES.values()),
            "words": [say(f"{SECTION}.lanes.{lane}") for lane in LANES],
            "top": 0.25,
            "bottom": len(steps) + 0.6,
        }
    )
    x = alt.X("start:Q").axis(None).scale(domain=[-0.45, 2.45], nice=False)
    y = alt.Y("row:Q").axis(None).scale(domain=[-0.3, len(steps) + 0.6], reverse=True, nice=False)
    colour = alt.Color("way:N", scale=alt.Scale(domain=list(WAYS), range=list(WAYS.values()))).legend(None)
    between = alt.Chart(placed[placed["source"] != placed["target"]])
    within = alt.Chart(placed[placed["source"] == placed["target"]])
    lines = alt.Chart(lanes).encode(x=alt.X("lane:Q").axis(None))
    return alt.layer(
        lines.mark_rule(strokeDash=[4, 5], opacity=0.6).encode(y=alt.Y("top:Q").axis(None), y2="bottom:Q"),
        lines.mark_text(fontWeight="bold", fontSize=16).encode(y=alt.value(8), text="words:N"),
        between.mark_rule(strokeWidth=2.5).encode(x=x, x2="end:Q", y=y, color=colour),
        between.mark_point(shape="triangle", size=130, filled=True, opacity=1).encode(
            x=alt.X("end:Q").axis(None), y=y, color=colour, angle=alt.Angle("head:Q").scale(None)
        ),
        between.mark_text(baseline="bottom", dy=-6).encode(x=alt.X("middle:Q").axis(None), y=y, text="words:N"),
        within.mark_point(size=90, filled=True, opacity=1).encode(x=x, y=y, color=colour),
        within.mark_text(align="left", dx=12).encode(x=x, y=y, text="words:N"),
        description=description,
        height=44 * (len(steps) + 1),
    )


def _insight(facts: Facts) -> Sentence:
    return Sentence(f"{SECTION}.see", _values(facts))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    values = _values(facts)
    columns = ("name", "openai", "open", "effect")
    rows = [
        tuple(say.write(Sentence(f"{SECTION}.steps.{step}.{column}", values)) for column in columns) for step in STEPS
    ]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.headings.{column}") for column in columns])


def example(facts: Facts, name: str) -> str:
    """The code of a worked example (one of EXAMPLES), with the models of these facts in it."""
    models = {"OPENAI_MODEL": str(_side(facts, "closed")["model_id"])}
    weights = _side(facts, "open")["weights_id"]
    models["OPEN_MODEL"] = str(_side(facts, "open")["model_id"] if pd.isna(weights) else weights)
    text = (CODE / f"{name}.txt").read_text(encoding="utf-8")
    for placeholder, model in models.items():
        text = text.replace(f'"{placeholder}"', f'"{_plain(model)}"')
    return text


def _plain(model: str) -> str:
    """A model's id as it may stand within quotes of any language: what no id holds is left out."""
    return "".join(character for character in model if character.isalnum() or character in "-_./:")


LESSON = Lesson(
    slug="using_the_api",
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.caveat",), kinds=("model",), source="catalogue"
    ),
    table=Table(f"{SECTION}.table", _read, _lay, caveats=(f"{SECTION}.caveat",), source="catalogue"),
    insight=_insight,
    guess=Number(lambda facts: float(_side(facts, "closed")["cost_usd"]), low=0.0, high=20.0, step=0.1, unit="usd"),
    references=("brown2020", "ouyang2022", "wolf2020"),
    code={name: partial(example, name=name) for name in EXAMPLES},
    extras=(OPEN_FAMILY,),
    options=_families,
)
