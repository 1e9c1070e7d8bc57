"""Lesson: the open and the closed ecosystem on the same indicators, now and a year before."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at, without_unmet
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import counted_note, filled, lacking_words, total_note
from dashboard.needs import LISTED, OPENAI, TOTAL, WHOLE, among
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Sentences, Words
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_synthesis"
QUESTIONS = {
    "open_source": ("open_source_share", LISTED),
    "use": ("top_1pct_share", WHOLE),
    "original": ("base_share", LISTED),
    "speed": ("newest_days", WHOLE),
    "gate": ("gated_share", LISTED),
    "closed": ("openai_count", OPENAI),
    "community": ("author_count", WHOLE),
}
"""Each with the number that its answer stands on, and what that needs."""
INDICATORS = {"models_open": TOTAL, "models_closed": OPENAI, "tasks_open": LISTED}
SIDES = ("open", "closed")
APART = 0.09
"""Of the picture's height: what the values of one side need beside those of the other."""
HEADS = 0.12
"""Of the height, what the names of the indicators need above all slopes."""
ROOM = 1.4
"""Above the largest factor and below the least."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_synthesis_figure")
    is_alone = pd.isna(facts.frame["before_at"].iloc[0])
    facts = without_unmet(
        facts,
        INDICATORS,
        warehouse,
        choices,
        rows=facts.frame["indicator"] + "_" + facts.frame["side"],
        value="now_value",
    )
    frame = facts.frame.assign(before_value=facts.frame["before_value"].mask(facts.frame["now_value"].isna()))
    frame = frame.assign(factor=_of_the_open(frame) if is_alone else frame["now_value"] / frame["before_value"])
    if frame["factor"].isna().all():
        raise NothingToShow("no_sides")
    compared = "sides" if is_alone else "year"
    return facts.with_(
        frame=frame,
        notes=(*([f"{SECTION}.figure.no_earlier"] if is_alone else []), *counted_note(facts), *total_note(facts)),
        values={name: Words(f"{SECTION}.figure.{name}.{compared}") for name in ("compared", "axis")},
    )


def _of_the_open(frame: pd.DataFrame) -> pd.Series:
    """How many times the value of the open side the closed one has; unknown where one of them is."""
    opened = frame[frame["side"] == "open"].set_index("indicator")["now_value"]
    return (frame["now_value"] / frame["indicator"].map(opened)).where(frame["side"] == "closed")


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    rows = facts.frame.assign(
        label=[say(f"{SECTION}.indicators.{indicator}") for indicator in facts.frame["indicator"]],
        words=[_words(row, say) for row in facts.frame.to_dict("records")],
    )
    return chart(rows, say, axis=say.write(facts.values["axis"]))


def chart(rows: pd.DataFrame, say: Say, *, axis: str) -> Chart:
    """A slope for each indicator and side, from what it was (1) to how many times that it is, with both values at its ends.

    rows: indicator and side (text), label (indicator in words), words ("before → now"), factor (unknown where there is
    no earlier value: then the value stands alone). Of two sides on one day, the slopes go from the one to the other.
    """
    labels = [say(f"{SECTION}.sides.{side}") for side in SIDES]
    columns = list(dict.fromkeys(rows["label"]))
    worded = rows.assign(
        side=[say(f"{SECTION}.sides.{side}") for side in rows["side"]],
        one=1.0,
        told=[
            f"{say(f'{SECTION}.short.{side}')} {words}" for side, words in zip(rows["side"], rows["words"], strict=True)
        ],
        left=[columns.index(label) + 0.05 for label in rows["label"]],
        right=[columns.index(label) + 0.27 for label in rows["label"]],
    )
    known = worded.dropna(subset="factor")
    x = alt.X("left:Q").axis(None).scale(domain=[0, len(columns)], nice=False)
    y = (
        alt.Y("one:Q")
        .title(axis)
        .scale(type="log", domain=list(_reach(rows)), nice=False)
        .axis(labelExpr="'×' + format(datum.value, '.2~f')", grid=True, tickCount=5)
    )
    colour = alt.Color("side:N", scale=theme.scale(SIDES, labels, theme.OPENNESS)).legend(None)
    tooltip = [
        tip(say, "label:N", say(f"{SECTION}.indicator")),
        tip(say, "side:N", say(f"{SECTION}.side")),
        tip(say, "words:N", axis),
    ]
    slopes = alt.Chart(known).encode(x=x, y=y, color=colour, tooltip=tooltip)
    ends = slopes.encode(x="right:Q", y="factor:Q")
    words = alt.Chart(_at_their_ends(worded)).encode(x="right:Q", y="place:Q", text="told:N")
    heads = alt.Chart(pd.DataFrame({"x": [place + 0.05 for place in range(len(columns))], "words": columns}))
    return alt.layer(
        slopes.mark_rule(strokeWidth=3).encode(x2="right:Q", y2="factor:Q"),
        slopes.mark_point(filled=True, size=60, opacity=1),
        ends.mark_point(filled=True, size=110, opacity=1),
        words.mark_text(align="left", dx=10),
        heads.mark_text(align="left", baseline="top", fontWeight=600).encode(x="x:Q", y=alt.value(4), text="words:N"),
        description=say(
            f"{SECTION}.figure.alt",
            parts=say.listing([f"{row['label']} ({row['side']}): {row['words']}" for row in worded.to_dict("records")]),
        ),
        height=330,
    )


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    """The least and the largest factor that the picture holds, with room around those that there are."""
    known = rows["factor"].dropna()
    least, largest = min(known.min(), 1.0) / ROOM, max(known.max(), 1.0) * ROOM
    return least, largest * (largest / least) ** HEADS


def _at_their_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `place`, where their words stand: at the end of the slope, and apart from those of the other side."""
    least, largest = _reach(rows)
    gap = (largest / least) ** APART
    placed = rows.assign(place=rows["factor"].fillna(1.0))
    for _, pair in placed.groupby("label"):
        ordered = pair["place"].sort_values(kind="stable")
        if len(pair) == len(SIDES) and ordered.iloc[1] / ordered.iloc[0] < gap:
            middle = (ordered.iloc[0] * ordered.iloc[1]) ** 0.5
            placed.loc[ordered.index, "place"] = [middle / gap**0.5, middle * gap**0.5]
    return placed


def _words(row: dict[str, Any], say: Say) -> str:
    if isinstance(row["lacking"], str):
        return lacking_words(say, row["lacking"])
    now = say.measured(row["now_value"], row["unit"])
    if pd.isna(row["before_value"]):
        return now
    return f"{say.measured(row['before_value'], row['unit'])} → {now}"


def _value(facts: Facts, indicator: str, side: str, column: str) -> float:
    rows = facts.frame.query("indicator == @indicator and side == @side")
    return float(rows[column].iloc[0]) if len(rows) else float("nan")


def _insight(facts: Facts) -> Sentences:
    """How the two prices and the two counts moved."""
    factors = [_value(facts, "models", side, "factor") for side in SIDES]
    prices = {f"{side}_price": Amount(_value(facts, "price", side, "now_value"), "usd") for side in SIDES}
    said = Sentence(f"{SECTION}.see", prices)
    if any(map(pd.isna, factors)):
        return Sentences((said,))
    grown = {side: Amount(factor, "ratio") for side, factor in zip(SIDES, factors, strict=True)}
    return Sentences((Sentence(f"{SECTION}.see_grown", grown), said))


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_synthesis")
    row = facts.frame.iloc[0]
    frame = pd.concat([facts.frame] * len(QUESTIONS), ignore_index=True)
    return facts.with_(
        frame=frame.assign(indicator=list(QUESTIONS), value=[row[name] for name, _ in QUESTIONS.values()])
    )


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (say(f"{SECTION}.faq.{row['indicator']}.ask"), _answer(facts, row, say))
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.question"), say(f"{SECTION}.answer")])


def _answer(facts: Facts, row: dict[str, Any], say: Say) -> str:
    """From the numbers of the list, which it names; else what they lack."""
    if isinstance(row["lacking"], str):
        return lacking_words(say, row["lacking"])
    name = row["indicator"]
    is_once = name == "closed" and pd.isna(row["openai_removed_count"])
    said = Sentence(f"{SECTION}.faq.{name}.{'once' if is_once else 'answer'}", filled(say, row))
    return say.write(among(facts.snapshot, (QUESTIONS[name][1],), said))


def _price_ratio(facts: Facts) -> float:
    return _value(facts, "price", "closed", "now_value") / _value(facts, "price", "open", "now_value")


def _finding(facts: Facts, choices: Choices) -> Sentence | None:
    """How many times the models of each side are what they were a year before; nothing where there is no such year."""
    factors = {side: _value(facts, "models", side, "factor") for side in SIDES}
    if any(map(pd.isna, factors.values())):
        return None
    return Sentence("findings.grown", {side: Amount(factor, "ratio") for side, factor in factors.items()})


LESSON = Lesson(
    slug="synthesis",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        source="several",
        finding=_finding,
    ),
    table=Table(
        f"{SECTION}.table",
        _read_table,
        _lay,
        caveats=(f"{SECTION}.table.caveat",),
        source="several",
        needs={name: need for name, (_, need) in QUESTIONS.items()},
    ),
    insight=_insight,
    guess=Number(_price_ratio, low=0.0, high=50.0, step=0.5, unit="factor"),
    references=("bommasani2021", "solaiman2023", "wolf2020", "brown2020"),
)
