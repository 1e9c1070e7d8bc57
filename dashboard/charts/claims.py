"""Published values beside measured ones: a row for each definition, under the sentence that it measures."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

SERIES = ("published", "holds", "differs")
COLOURS = {"published": theme.NEUTRAL, "holds": theme.BLUE, "differs": theme.CORAL}
SHAPES = ("M-0.14,-1.1H0.14V1.1H-0.14Z", "circle", "triangle-up")
WORDS = ("sentence", "definition", "published", "measured", "parts")
KEY = 4  # characters before the words of an axis label: they keep equal words apart and in order
ROW = 25  # pixels


def tolerated(row: Mapping[Any, Any]) -> tuple[float, float]:
    """The smallest and the largest value under which a claim holds."""
    low = row["published_value"] - row["tolerance"]
    return low, float("inf") if row["bound"] == "more than" else row["published_value"] + row["tolerance"]


def beside(rows: pd.DataFrame, say: Say, *, unit: str) -> Chart:
    """Each claim's sentence, and under it a row for each definition: the published value, what is tolerated, the measured value.

    rows: sentence, definition, published and measured (text), published_value, tolerance, bound, value (unknown has no
    mark), verdict (holds, differs, unknown). unit: share, or count on a logarithmic axis.
    """
    lines = _lines(rows)
    of_definitions = lines.dropna(subset="definition")
    marks = _marks(of_definitions, say)
    domain = (0.0, 1.0) if unit == "share" else _decades(marks["amount"])
    y = alt.Y("line:N", sort=list(lines["line"])).title(None)
    y = y.axis(labelExpr=f"slice(datum.value, {KEY})", labelLimit=480)
    sentences = (
        alt.Chart(lines.loc[lines["definition"].isna(), ["line", "sentence"]])
        .mark_text(align="left", fontWeight=600)
        .encode(y=y, x=alt.value(4), text="sentence:N")
    )
    bands = (
        alt.Chart(_bands(of_definitions, domain))
        .mark_bar(height=16, opacity=0.3, color=theme.NEUTRAL, cornerRadiusEnd=0)
        .encode(y=y, x="low:Q", x2="high:Q")
    )
    numbers = (
        alt.Chart(of_definitions[["line", "measured"]])
        .mark_text(align="left", dx=10)
        .encode(y=y, x=alt.value("width"), text="measured:N")
    )
    return alt.layer(
        sentences,
        bands,
        _points(marks, say).encode(y=y, x=_axis(say, unit, domain)),
        numbers,
        description=_in_words(of_definitions, say),
        height=ROW * len(lines),
    )


def _points(marks: pd.DataFrame, say: Say) -> alt.Chart:
    names = [say(f"claims.series.{name}") for name in SERIES]
    return (
        alt.Chart(marks)
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            color=alt.Color("series:N", scale=theme.scale(SERIES, names, COLOURS), sort=names).title(None),
            shape=alt.Shape("series:N", scale=alt.Scale(domain=names, range=list(SHAPES)), sort=names).title(None),
            tooltip=[tip(say, f"{name}:N", say(f"claims.headings.{name}")) for name in WORDS],
        )
    )


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in their order, before the first of each claim one with the sentence alone; `line` names each."""
    parts = []
    for _, of_claim in rows.groupby("claim_id", sort=False):
        parts += [of_claim.head(1)[["sentence"]].assign(definition=None), of_claim]
    lines = pd.concat(parts, ignore_index=True)
    words = lines["definition"].fillna("")
    return lines.assign(line=[f"{number:03} {text}" for number, text in enumerate(words)])


def _marks(lines: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Published and measured values below each other: line, series (in words), amount."""
    published = lines.assign(series="published", amount=lines["published_value"])
    measured = lines.assign(series=lines["verdict"], amount=lines["value"]).dropna(subset="amount")
    measured = measured[(measured["unit"] == "share") | (measured["amount"] > 0)]  # a logarithmic axis has no 0
    marks = pd.concat([published, measured], ignore_index=True)
    marks["series"] = [say(f"claims.series.{name}") for name in marks["series"]]
    return marks[["line", "series", "amount", *WORDS]]


def _bands(lines: pd.DataFrame, domain: tuple[float, float]) -> pd.DataFrame:
    """What is tolerated, cut to what the axis shows: line, low, high."""
    ranges = [tolerated(row) for row in lines.to_dict("records")]
    return lines[["line"]].assign(
        low=[max(domain[0], low) for low, _ in ranges], high=[min(domain[1], high) for _, high in ranges]
    )


def _decades(amounts: pd.Series) -> tuple[float, float]:
    """A logarithmic axis around the amounts."""
    return float(amounts.min()) / 2, float(amounts.max()) * 2


def _axis(say: Say, unit: str, domain: tuple[float, float]) -> alt.X:
    x = alt.X("amount:Q").title(None)
    if unit == "share":
        return x.scale(domain=domain).axis(format=".0%", grid=True, orient="top")
    axis = alt.Axis(labelExpr=say.axis_numbers(), grid=True, orient="top", tickCount=6)
    return x.scale(type="log", domain=domain, nice=False).axis(axis)


def _in_words(lines: pd.DataFrame, say: Say) -> str:
    said = [
        say("claims.alt_row", **{name: row[name] for name in ("sentence", "definition", "published", "measured")})
        for row in lines.to_dict("records")
    ]
    return say("claims.alt", rows=" ".join(said))
