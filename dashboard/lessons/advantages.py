"""Lesson: what open models permit, and where that is an advantage."""

import math
from typing import Any

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.choices import Choices
from dashboard.figures import findings, openness
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.figures.over_time import segments
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import cell
from dashboard.needs import CATALOGUE, LISTED
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence, Sentences, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_advantages"
CLEARLY = 0.8
"""A share counts as "clearly below" another under this ratio."""
OPENNESS = {"open_source": theme.BLUE, "restricted": theme.CORAL, "other": theme.VIOLET, "unstated": theme.NEUTRAL}
MEASURES = ("repositories", "downloads_30d")
PANEL = 0.3
"""Of the picture's width: what one of its two panels takes without the names at the ends of its lines."""
APART = 0.065
"""Of the picture's height: what one of these names needs."""
NEEDS = {
    **dict.fromkeys(("own_machine", "own_data", "languages", "study", "breadth"), LISTED),
    "cost": CATALOGUE,
}


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    try:
        facts = read_at(warehouse, choices, "lesson_advantages_figure")
    except NothingToShow as missing:
        raise NothingToShow("all_undeclared", kind="model") if missing.reason == "empty" else missing from None
    frame = facts.frame.dropna(subset="share")
    if frame.empty:
        raise NothingToShow("empty", kind="model")
    line = frame["openness"] + frame["measure"]
    drawn = segments(frame.assign(line=line), by="line").drop(columns="line")
    newest = drawn[drawn["snapshot_at"] == drawn["snapshot_at"].max()]
    counted = newest[newest["measure"] == "repositories"]
    unstated = int(counted.loc[counted["openness"] == "unstated", "n"].sum())
    return facts.with_(
        frame=drawn, shown=int(counted["n"].sum()) - unstated, undeclared=unstated, values=_newest(newest)
    )


def _newest(newest: pd.DataFrame) -> dict[str, float]:
    """Shares by terms and measure; terms that nobody states have none, a measure that nobody took is left out."""
    taken = set(newest["measure"])
    shares = {f"{row.openness}_{row.measure}": row.share for row in newest.itertuples()}
    return {f"{name}_{one}": shares.get(f"{name}_{one}", 0.0) for name in OPENNESS for one in taken}


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    return chart(facts.frame, say, description=say.write(Sentence(f"{SECTION}.figure.alt", _shares(facts))))


def chart(frame: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """Two panels beside each other, repositories counted and downloads counted, each with a line for each kind of terms.

    frame: snapshot_at, segment, openness, measure, share (0-1). Laid out by hand in one picture, for a picture of two charts
    cannot follow the width of a page: a panel takes PANEL of it, and the names of its lines stand at their ends.
    """
    first, last = frame["snapshot_at"].min(), frame["snapshot_at"].max()
    elapsed = (last - first) / PANEL or pd.Timedelta(days=1)
    left = frame["measure"].map({measure: place * (1 - PANEL) * 0.98 for place, measure in enumerate(MEASURES)})
    placed = frame.assign(
        x=left + (frame["snapshot_at"] - first) / elapsed,
        terms=[say(f"{SECTION}.openness.{name}") for name in frame["openness"]],
        counted=[say(f"ui.weight.{name}") for name in frame["measure"]],
    )
    kinds = [say(f"{SECTION}.openness.{name}") for name in OPENNESS]
    base = alt.Chart(placed).encode(
        x=alt.X("x:Q").axis(None).scale(domain=[0, 1], nice=False),
        y=alt.Y("share:Q").title(None).axis(format="%", grid=True, tickCount=5).scale(domain=[0, 1]),
        color=alt.Color("terms:N", scale=alt.Scale(domain=kinds, range=list(OPENNESS.values())))
        .title(None)
        .legend(None),
        tooltip=[
            tip(say, "snapshot_at:T"),
            tip(say, "terms:N", say(f"{SECTION}.figure.terms")),
            tip(say, "counted:N", say("ui.weigh_by")),
            tip(say, "share:Q"),
        ],
    )
    ends = placed[placed["snapshot_at"] == last]
    names = ends.assign(
        share=_spread(ends),
        words=[f"{row.terms} {say.share(row.share)}" for row in ends.itertuples()],
    )
    panels = placed.groupby("counted", sort=False)["x"].agg(["min", "max"]).reset_index()
    begins = panels.assign(x=panels["min"], words=say.month(first))
    ends_at = panels.assign(x=panels["max"], words=say.month(last))[panels["max"] > panels["min"]]
    return alt.layer(
        base.mark_line().encode(detail=["segment:N", "counted:N"]),
        base.mark_point(size=30, filled=True, opacity=0.8),
        _texts(names, "share:Q", align="left", dx=8, baseline="middle"),
        _texts(
            panels.assign(x=panels["min"], words=panels["counted"]),
            alt.value(-8),
            align="left",
            baseline="bottom",
            fontWeight=600,
        ),
        _texts(begins, alt.datum(0), align="left", baseline="top", dy=8),
        _texts(ends_at, alt.datum(0), align="right", baseline="top", dy=8),
        description=description,
    )


def _texts(frame: pd.DataFrame, y: Any, **look: Any) -> alt.Chart:
    return alt.Chart(frame).mark_text(**look).encode(x="x:Q", y=y, text="words:N")


def _spread(ends: pd.DataFrame) -> pd.Series:
    """Where the names stand: at the ends of their lines, or as far from each other as they need."""
    places = pd.Series(0.0, index=ends.index)
    for _, panel in ends.groupby("measure"):
        below = -1.0
        for row, share in panel["share"].sort_values().items():
            below = places[row] = max(share, below + APART)
    return places


def _shares(facts: Facts) -> dict[str, Value]:
    return {
        f"{name}_{measure}": Amount(facts.values.get(f"{name}_{measure}"), "share")
        for name in OPENNESS
        for measure in MEASURES
    }


def _insight(facts: Facts) -> Sentences:
    """What is open by number and by use, and which of the two says more about its terms."""
    said = Sentence(f"{SECTION}.see", _shares(facts))
    uploaded, used = (facts.values.get(f"unstated_{measure}") for measure in MEASURES)
    if uploaded is None or used is None or facts.snapshot is None or not facts.snapshot.is_whole:
        return Sentences(
            (said, Sentence(f"{SECTION}.verdict.none", {}))
        )  # of what is uploaded a top list tells nothing
    verdict = "better" if used < uploaded * CLEARLY else "worse" if uploaded < used * CLEARLY else "alike"
    return Sentences((said, Sentence(f"{SECTION}.verdict.{verdict}", {})))


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_advantages")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.scenarios.{row['indicator']}.name"),
            say(f"{SECTION}.scenarios.{row['indicator']}.advantage"),
            cell(facts, say, row, NEEDS, words=f"{SECTION}.scenarios.{row['indicator']}.number"),
            "–" if pd.isna(row["leader"]) else row["leader"],
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(
        rows, columns=[say(f"{SECTION}.{name}") for name in ("scenario", "advantage", "number", "leader")]
    )


def _finding(facts: Facts, choices: Choices) -> Sentence | None:
    """How much of what is downloaded is open source, then and now."""
    used = facts.frame[(facts.frame["openness"] == "open_source") & (facts.frame["measure"] == "downloads_30d")]
    return findings.changed("snapshot_at", "share", "findings.name.open_source_downloads", unit="share")(
        facts.with_(frame=used), choices
    )


LESSON = Lesson(
    slug="advantages",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(LISTED,),
        finding=_finding,
    ),
    table=Table(
        f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), source="several", needs=NEEDS
    ),
    insight=_insight,
    guess=Number(
        lambda facts: facts.values.get("open_source_downloads_30d", math.nan),
        low=0.0,
        high=1.0,
        step=0.01,
        unit="share",
    ),
    references=("contractor2022", "solaiman2023", "scao2022", "touvron2023"),
    more=(openness.FAMILIES, openness.FRAMEWORK, openness.VERDICTS),
)
