"""Lesson: Hugging Face and OpenAI side by side, and how many months open weights are behind."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures import openness, price_history
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_side_by_side"
DAYS_A_MONTH = 30.44
SIDES = ("open", "closed")


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    try:
        facts = read_at(warehouse, choices, "lesson_side_by_side_figure")
    except NothingToShow as missing:
        raise NothingToShow("no_scores" if missing.reason == "empty" else missing.reason, **missing.values) from None
    newest = facts.frame[facts.frame["is_best"]].groupby("side").tail(1).set_index("side")
    best_open, best_closed = newest.loc["open"], newest.loc["closed"]
    as_good = facts.frame[(facts.frame["side"] == "closed") & (facts.frame["score"] >= best_open["score"])]
    first = as_good.sort_values("release_date").head(1)
    return facts.with_(
        beside={"lag": first.assign(to_date=best_open["release_date"], score=best_open["score"])},
        total=None,
        values={
            "benchmark": best_open["benchmark"],
            "open_model": best_open["name"],
            "open_score": best_open["score"],
            "closed_model": best_closed["name"],
            "closed_score": best_closed["score"],
            "lag_months": _months(first, best_open),
        },
    )


def _months(first: pd.DataFrame, best_open: Any) -> float | None:
    """From the closed side's first score as good as the open side's best to that best; None when there was none."""
    if first.empty:
        return None
    lag: pd.Timedelta = best_open["release_date"] - first["release_date"].iloc[0]
    return lag.days / DAYS_A_MONTH


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    lag = facts.beside["lag"].rename(columns={"release_date": "from_date"})
    lag = lag.assign(words=say.measured(facts.values["lag_months"], "months"))
    return chart(facts.frame, lag, say, description=say.write(Sentence(f"{SECTION}.figure.alt", _values(facts))))


def chart(models: pd.DataFrame, lag: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A dot for each model, and a step line through the best score of each side so far.

    models: side, name, release_date, score, is_best. lag: one row or none: from_date, to_date, score, words; drawn as a
    line from the day the closed side first had the open side's best score to the day the open side had it.
    """
    labels = [say(f"lesson_synthesis.sides.{side}") for side in SIDES]
    worded = models.assign(label=[say(f"lesson_synthesis.sides.{side}") for side in models["side"]])
    base = alt.Chart(worded).encode(
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
    between = alt.Chart(lag).encode(y="score:Q")
    return alt.layer(
        base.mark_point(opacity=0.45, size=50),
        base.transform_filter("datum.is_best").mark_line(interpolate="step-after"),
        base.transform_filter("datum.is_best").mark_point(size=90, filled=True, opacity=1),
        between.mark_rule(strokeDash=[5, 4], strokeWidth=2).encode(x="from_date:T", x2="to_date:T"),
        between.mark_text(align="right", baseline="top", dx=-4, dy=7).encode(x="to_date:T", text="words:N"),
        description=description,
    )


def _values(facts: Facts) -> dict[str, Value]:
    values = facts.values
    return {
        "benchmark": values["benchmark"],
        "open_model": values["open_model"],
        "open_score": Amount(values["open_score"], "score"),
        "closed_model": values["closed_model"],
        "closed_score": Amount(values["closed_score"], "score"),
    }


def _insight(facts: Facts) -> Sentence:
    lag = facts.values["lag_months"]
    if lag is None or lag < 0:
        return Sentence(f"{SECTION}.see_ahead", _values(facts))
    return Sentence(f"{SECTION}.see", {"months": Amount(lag, "months"), **_values(facts)})


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_side_by_side")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.indicators.{row['indicator']}"),
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
    value = row[f"{side}_value"]
    if say.knows(words) and (pd.isna(value) or "{n}" in say(words)):
        return say(words, n=say.measured(value, row["unit"]))
    return say.measured(value, row["unit"])


LESSON = Lesson(
    slug="side_by_side",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        source="catalogue",
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    insight=_insight,
    guess=Number(lambda facts: facts.values["lag_months"] or 0.0, low=0.0, high=36.0, step=1.0, unit="months"),
    references=("bommasani2021", "touvron2023", "openai2023"),
    more=(price_history.CHEAPEST, openness.TRANSPARENCY),
)
