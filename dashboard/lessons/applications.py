"""Lesson: what the models are used for, and who leads each use."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import count_axis, tip
from dashboard.charts.ranked import decades
from dashboard.choices import KINDS, Choices
from dashboard.figures import course_facts
from dashboard.figures.facts import Facts, Figure, Table, read_at
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import counted_note
from dashboard.needs import LISTED
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Amount, Name, Sentence
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_applications"
BYTES = (2.0, 0.5)
"""A parameter takes at 16 and at 4 bits."""
ROOM = 1.8
"""The numbers of the outermost dots stand beyond them: the axis begins and ends so much further out."""
PLACES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -11},
    "above": {"dy": -13},
    "right": {"align": "left", "dx": 11},
}
"""Of a number at its dot."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_applications_figure")
    return facts.with_(total=None)  # three populations: no n of N


def _task(row: Mapping[str, Any]) -> Name:
    return Name({language: row.get(f"label_{language}") for language in LANGUAGES}, row["task_id"])


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    rows = facts.frame.to_dict("records")
    parts = [
        f"{say.write(_task(row))} ({say.label('ui.kinds_of', row['kind'])}) {say.number(row['repository_count'])}"
        for row in rows
    ]
    description = say(f"{SECTION}.figure.alt", parts=say.listing(parts))
    return chart(facts.frame.assign(task=[say.write(_task(row)) for row in rows]), say, description=description)


def chart(frame: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A row for each task, a dot for each kind, on a logarithmic axis; the numbers stand around the dots.

    frame: kind, task (words), repository_count, downloads_30d (unknown for Spaces); tasks in order.
    """
    kinds = [kind for kind in KINDS if kind in set(frame["kind"])]
    labels = [say(f"ui.kinds_of.{kind}") for kind in kinds]
    worded = frame.assign(
        label=[say(f"ui.kinds_of.{kind}") for kind in frame["kind"]],
        number=[say.short(count) for count in frame["repository_count"]],
        downloads=[say.short(count) for count in frame["downloads_30d"]],
        side=_sides(frame),
    )
    counts = frame["repository_count"]
    base = alt.Chart(worded).encode(
        y=alt.Y("task:N", sort=list(dict.fromkeys(frame["task"]))).title(None).axis(grid=True),
        x=alt.X("repository_count:Q")
        .scale(type="log", domain=[counts.min() / ROOM, counts.max() * ROOM], nice=False)
        .title(say.column("repository_count"))
        .axis(count_axis(say, values=decades(counts))),
        tooltip=[
            tip(say, "task:N", say.column("task_id")),
            tip(say, "label:N", say.column("kind")),
            tip(say, "repository_count:Q"),
            tip(say, "downloads:N", say.column("downloads_30d")),
        ],
    )
    return alt.layer(
        base.mark_point(filled=True, size=150, opacity=1).encode(
            color=alt.Color("label:N", scale=theme.scale(kinds, labels, theme.KINDS)).title(None)
        ),
        *[
            base.transform_filter(alt.datum.side == side).mark_text(**at).encode(text="number:N")
            for side, at in PLACES.items()
        ],
        description=description,
        height=alt.Step(38),
    )


def _sides(frame: pd.DataFrame) -> pd.Series:
    """Where each number stands: dots of a row may be close, so the least is named on its left, the most on its right."""
    rows = frame.groupby("task", sort=False)["repository_count"]
    place, last = rows.rank(method="first") - 1, rows.transform("size") - 1
    return pd.Series("above", frame.index).mask(place == last, "right").mask((place == 0) & (last > 0), "left")


def _models(facts: Facts) -> pd.DataFrame:
    """Tasks by models, most first."""
    return facts.frame[facts.frame["kind"] == "model"].sort_values("repository_count", ascending=False)


def _insight(facts: Facts) -> Sentence:
    """The task with most models, and the one that is downloaded most per model."""
    models = _models(facts)
    first = models.iloc[0].to_dict()
    used = models.assign(each=models["downloads_30d"] / models["repository_count"]).dropna(subset="each")
    best = used.sort_values("each").iloc[-1].to_dict()
    said = {
        "task": _task(first),
        "n": first["repository_count"],
        "used": _task(best),
        "each": Amount(best["each"], "short"),
    }
    return Sentence(f"{SECTION}.see", said)


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_applications").with_(total=None)
    return facts.with_(notes=counted_note(facts))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say.write(_task(row)),
            row["id"],
            say.label("licences.special", row["licence_id"]),
            _size(row["parameters"], say),
            say("ui.unknown") if pd.isna(row["counterpart"]) else row["counterpart"],
            _price(row, say),
        )
        for row in facts.frame.to_dict("records")
    ]
    headings = ("use", "leader", "licence", "size", "counterpart", "price")
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.{heading}") for heading in headings])


def _size(parameters: float | None, say: Say) -> str:
    """Parameters, and the memory their weights need."""
    if parameters is None or pd.isna(parameters):
        return say("ui.unknown")
    wide, narrow = (say.measured(parameters * size / 1e9, "gb") for size in BYTES)
    return say(f"{SECTION}.memory", parameters=say.short(parameters), wide=wide, narrow=narrow)


def _price(row: dict[str, Any], say: Say) -> str:
    if pd.isna(row["input_usd_per_mtok"]):
        return say("ui.unknown")
    return " / ".join(say.measured(row[f"{side}_usd_per_mtok"], "usd") for side in ("input", "output"))


def _labels(facts: Facts, say: Say) -> list[str]:
    return [say.write(_task(row)) for row in _models(facts).head(5).to_dict("records")]


LESSON = Lesson(
    slug="applications",
    figure=Figure(
        f"{SECTION}.figure", _read, _draw, caveats=(f"{SECTION}.figure.caveat",), kinds=("model",), needs=(LISTED,)
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several"),
    insight=_insight,
    guess=Order(_labels),
    references=("vaswani2017", "raffel2020", "devlin2018"),
    more=(course_facts.CASES,),
)
