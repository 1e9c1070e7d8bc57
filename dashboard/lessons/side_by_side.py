"""Lesson: Hugging Face and OpenAI side by side, and how many months open weights are behind."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures import openness, price_history
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at, without_unmet
from dashboard.figures.over_time import listing_snapshot
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import counted_note, lacking_words, total_note
from dashboard.needs import CATALOGUE, LISTED, OPENAI, PYPI, TOTAL
from dashboard.say import Say
from dashboard.sentences import Amount, Month, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_side_by_side"
DAYS_A_MONTH = 30.44
SIDES = ("open", "closed")
_MARKET = dict.fromkeys(("price_in", "price_out", "context", "cadence"), CATALOGUE) | {"adoption": PYPI}
NEEDS = {
    "open": {"models": TOTAL, "tasks": LISTED, "licence": LISTED, **_MARKET},
    "closed": {"models": OPENAI, "tasks": CATALOGUE, **_MARKET},
}
"""Of each side's numbers, by indicator."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    """Scores as the catalogue stood: nothing of them is from the Hub's list."""
    catalogue = listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_scores")
    at = {"snapshot_at": catalogue.snapshot_at}
    frame = warehouse.query("lesson_side_by_side_figure", **at)
    if frame.empty:
        raise NothingToShow("no_scores")
    newest = frame[frame["is_best"]].groupby("side").tail(1).set_index("side")
    best_open, best_closed = newest.loc["open"], newest.loc["closed"]
    as_good = frame[(frame["side"] == "closed") & (frame["score"] >= best_open["score"])]
    first = as_good.sort_values("release_date").head(1)
    today = newest.reset_index().assign(release_date=pd.Timestamp(catalogue.snapshot_at).normalize())
    return Facts(
        frame,
        warehouse.sql("lesson_side_by_side_figure", **at),
        catalogue,
        beside={
            "lag": first.assign(to_date=today["release_date"].iloc[0], score=best_open["score"]),
            "today": today,
            "named": pd.concat([newest.reset_index(), first]).drop_duplicates("name"),
        },
        values={
            "benchmark": best_open["benchmark"],
            "open_model": best_open["name"],
            "open_score": best_open["score"],
            "open_month": Month(best_open["release_date"]),
            "closed_model": best_closed["name"],
            "closed_score": best_closed["score"],
            "as_good_model": first["name"].iloc[0] if len(first) else None,
            "as_good_month": Month(first["release_date"].iloc[0] if len(first) else None),
            "lag_months": _months(first, today["release_date"].iloc[0]),
        },
    )


def _months(first: pd.DataFrame, today: pd.Timestamp) -> float | None:
    """Since the closed side first had a score as good as the open side's best; None when it never had."""
    if first.empty:
        return None
    since: pd.Timedelta = today - first["release_date"].iloc[0]
    return since.days / DAYS_A_MONTH


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    lag = facts.beside["lag"].rename(columns={"release_date": "from_date"})
    lag = lag.assign(words=say.measured(facts.values["lag_months"], "months"))
    description = say.write(Sentence(f"{SECTION}.figure.alt", _values(facts)))
    return chart(facts.frame, facts.beside["today"], facts.beside["named"], lag, say, description=description)


def chart(
    models: pd.DataFrame, today: pd.DataFrame, named: pd.DataFrame, lag: pd.DataFrame, say: Say, *, description: str
) -> Chart:
    """A dot for each model, and a step line through the best score of each side so far, up to today.

    models: side, name, release_date, score, is_best; today: the best of each side, dated today; named: those whose name is written.
    lag: one row or none: from_date, to_date, score, words; drawn as a line from the day the closed side first had the open
    side's best score to today.
    """
    labels = [say(f"lesson_synthesis.sides.{side}") for side in SIDES]
    steps = pd.concat([models[models["is_best"]], today], ignore_index=True)
    base, stairs, names = (_base(rows, labels, say) for rows in (models, steps, named))
    between = alt.Chart(lag).encode(y="score:Q")
    return alt.layer(
        base.mark_point(opacity=0.45, size=50),
        stairs.mark_line(interpolate="step-after"),
        base.transform_filter("datum.is_best").mark_point(size=90, filled=True, opacity=1),
        names.transform_filter("datum.side == 'closed'")
        .mark_text(align="right", baseline="bottom", dx=-6, dy=-6)
        .encode(text="name:N"),
        names.transform_filter("datum.side == 'open'")
        .mark_text(align="left", baseline="top", dx=6, dy=22)
        .encode(text="name:N"),
        between.mark_rule(strokeDash=[5, 4], strokeWidth=2).encode(x="from_date:T", x2="to_date:T"),
        between.mark_text(align="right", baseline="top", dx=-4, dy=7).encode(x="to_date:T", text="words:N"),
        description=description,
    )


def _base(models: pd.DataFrame, labels: list[str], say: Say) -> alt.Chart:
    worded = models.assign(label=[say(f"lesson_synthesis.sides.{side}") for side in models["side"]])
    return alt.Chart(worded).encode(
        x=alt.X("release_date:T").title(say.column("release_date")),
        y=alt.Y("score:Q").title(say(f"{SECTION}.figure.axis")).scale(zero=False).axis(tickCount=6),
        color=alt.Color("label:N", scale=theme.scale(SIDES, labels, theme.OPENNESS)).title(None),
        tooltip=[
            tip(say, "name:N"),
            tip(say, "label:N", say("lesson_synthesis.side")),
            tip(say, "release_date:T"),
            tip(say, "score:Q", say(f"{SECTION}.figure.axis"), form=".1f"),
        ],
    )


def _values(facts: Facts) -> dict[str, Value]:
    values = facts.values
    return {
        "benchmark": values["benchmark"],
        "open_model": values["open_model"],
        "open_score": Amount(values["open_score"], "score"),
        "closed_model": values["closed_model"],
        "closed_score": Amount(values["closed_score"], "score"),
        "open_month": values["open_month"],
        "as_good_model": values["as_good_model"] or "",
        "as_good_month": values["as_good_month"],
    }


def _insight(facts: Facts) -> Sentence:
    lag = facts.values["lag_months"]
    if lag is None or lag < 0:
        return Sentence(f"{SECTION}.see_ahead", _values(facts))
    return Sentence(f"{SECTION}.see", {"months": Amount(lag, "months"), **_values(facts)})


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_side_by_side")
    for side in SIDES:
        value, lacks = f"{side}_value", f"{side}_lacking"
        rows = facts.frame["indicator"]
        facts = without_unmet(facts, NEEDS[side], warehouse, choices, rows=rows, value=value, lacks=lacks)
    return _with_performance(facts, warehouse, choices).with_(notes=(*counted_note(facts), *total_note(facts)))


def _with_performance(facts: Facts, warehouse: Warehouse, choices: Choices) -> Facts:
    """The rows and the best published score of each side, on the benchmark of the figure; as they are where nobody publishes any."""
    try:
        told = _read(warehouse, choices)
    except NothingToShow:
        return facts
    best = told.frame.groupby("side")["score"].max()
    row = {"indicator": "performance", "unit": "score", **{f"{side}_value": best.get(side) for side in SIDES}}
    frame = pd.concat([facts.frame, pd.DataFrame([row])], ignore_index=True)
    return facts.with_(frame=frame, values={"benchmark": told.values["benchmark"]})


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.indicators.{row['indicator']}", **facts.values),
            _cell(say, row, "open"),
            _cell(say, row, "closed"),
        )
        for row in facts.frame.to_dict("records")
    ]
    headings = (say("lesson_synthesis.indicator"), say(f"{SECTION}.hugging_face"), say(f"{SECTION}.openai"))
    return pd.DataFrame(rows, columns=list(headings))


def _cell(say: Say, row: dict[str, Any], side: str) -> str:
    """What is measured; words where a side has terms instead of a number."""
    words = f"{SECTION}.words.{row['indicator']}.{side}"
    value, lacks = row[f"{side}_value"], row[f"{side}_lacking"]
    if isinstance(lacks, str):
        return lacking_words(say, lacks)
    if say.knows(words) and (pd.isna(value) or "{n}" in say(words)):
        return say(words, n=say.measured(value, row["unit"]))
    return say.measured(value, row["unit"])


def _finding(facts: Facts, choices: Choices) -> Sentence | None:
    """How long ago the closed side stood where the open one stands; nothing where it never did."""
    lag = facts.values["lag_months"]
    return Sentence("findings.behind", {"months": Amount(lag, "months")}) if lag and lag > 0 else None


LESSON = Lesson(
    slug="side_by_side",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        source="catalogue",
        finding=_finding,
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    insight=_insight,
    guess=Number(
        lambda facts: max(facts.values["lag_months"] or 0.0, 0.0), low=0.0, high=36.0, step=1.0, unit="months"
    ),
    references=("bommasani2021", "touvron2023", "openai2023"),
    more=(price_history.CHEAPEST, openness.TRANSPARENCY),
)
