"""Lesson 6: one call from key to cost, and the same task done with an open model. The code runs (a test runs it)."""

from pathlib import Path

import pandas as pd

from dashboard.charts import lesson_using_the_api as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table
from dashboard.figures.series import listing_snapshot
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import measured
from dashboard.say import Say
from warehouse.read import Warehouse

SECTION = "lesson_using_the_api"
CODE = Path(__file__).parent / "code"
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


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    snapshot = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_catalogue")
    at = {"snapshot_at": snapshot.snapshot_at}
    frame = warehouse.query("lesson_using_the_api", **at)
    if set(frame["side"]) != {"open", "closed"}:
        raise NothingToShow("no_prices")
    closed = frame.set_index("side").loc["closed"]
    example = {
        "calls": int(closed["call_count"]),
        "tokens_in": int(closed["input_tokens"]),
        "tokens_out": int(closed["output_tokens"]),
        "model": str(closed["model_id"]),
    }
    return Facts(frame, warehouse.sql("lesson_using_the_api", **at), snapshot, values=example)


def _side(facts: Facts, side: str) -> pd.Series:
    return facts.frame.set_index("side").loc[side]


def _words(facts: Facts, say: Say) -> dict[str, str]:
    """The worked example in words: models, prices, tokens, costs."""
    closed, opened = _side(facts, "closed"), _side(facts, "open")
    return {
        "model": str(closed["model_id"]),
        "open_model": str(opened["name"]),
        "host": str(opened["provider_name"]),
        "calls": say.number(closed["call_count"]),
        "tokens_in": say.number(closed["input_tokens"]),
        "tokens_out": say.number(closed["output_tokens"]),
        "price_in": measured(say, closed["input_usd_per_mtok"], "usd"),
        "price_out": measured(say, closed["output_usd_per_mtok"], "usd"),
        "cost": measured(say, closed["cost_usd"], "usd"),
        "open_cost": measured(say, opened["cost_usd"], "usd"),
        "factor": measured(say, closed["cost_usd"] / opened["cost_usd"], "factor"),
        "context": say.short(closed["context_tokens"]),
    }


def _draw(facts: Facts, say: Say, choices: Choices) -> charts.alt.LayerChart | charts.alt.FacetChart:
    words = _words(facts, say)
    steps = pd.DataFrame(
        [(source, target, say(f"{SECTION}.sequence.{name}", **words), way) for source, target, name, way in SEQUENCE],
        columns=["source", "target", "words", "way"],
    )
    return charts.sequence(steps, say, description=say(f"{SECTION}.figure.alt", **words))


def _see(facts: Facts, say: Say) -> str:
    return say(f"{SECTION}.see", **_words(facts, say))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    words = _words(facts, say)
    columns = ("name", "openai", "open", "effect")
    rows = [tuple(say(f"{SECTION}.steps.{step}.{column}", **words) for column in columns) for step in STEPS]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.headings.{column}") for column in columns])


def examples(facts: Facts) -> dict[str, str]:
    """File name to code of the worked examples, with the models of these facts in it."""
    models = {"OPENAI_MODEL": str(_side(facts, "closed")["model_id"])}
    weights = _side(facts, "open")["weights_id"]
    models["OPEN_MODEL"] = str(_side(facts, "open")["model_id"] if pd.isna(weights) else weights)
    filled = {}
    for name in EXAMPLES:
        text = (CODE / f"{name}.txt").read_text(encoding="utf-8")
        for placeholder, model in models.items():
            text = text.replace(f'"{placeholder}"', f'"{_plain(model)}"')
        filled[name] = text
    return filled


def _plain(model: str) -> str:
    """A model's id as it may stand within quotes of any language: what no id holds is left out."""
    return "".join(character for character in model if character.isalnum() or character in "-_./:")


LESSON = Lesson(
    slug="using_the_api",
    number=6,
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.caveat",), kinds=("model",), source="catalogue"
    ),
    table=Table(f"{SECTION}.table", _read, _lay, caveats=(f"{SECTION}.caveat",), source="catalogue"),
    see=_see,
    guess=Number(lambda facts: float(_side(facts, "closed")["cost_usd"]), low=0.0, high=20.0, step=0.1, unit="usd"),
    references=("brown2020", "ouyang2022", "wolf2020"),
    code=examples,
)
