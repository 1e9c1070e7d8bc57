"""Lesson: what happens between a call and a bill."""

from itertools import pairwise

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table
from dashboard.figures.over_time import read_openai
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators
from dashboard.needs import CATALOGUE, OPENAI, OPENAI_MODELS
from dashboard.say import Say
from dashboard.sentences import Amount, Listing, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_openai_architecture"
STAGES = ("client", "endpoint", "family", "usage", "bill")
LEFT = {"client": 0.0, "endpoint": 1.15, "family": 3.3, "usage": 5.5, "bill": 6.95}
WIDTH = {"client": 0.9, "endpoint": 1.9, "family": 1.95, "usage": 1.2, "bill": 1.3}
NEEDS = {
    **dict.fromkeys(("one_list", "endpoints", "announced", "life"), OPENAI_MODELS),
    "dated": OPENAI,  # the catalogue leaves dated ids out
    **dict.fromkeys(("modalities", "pay_per_use", "cheapest", "widest"), CATALOGUE),
}
LINE = 0.85  # of a row: from one line of words in a box to the next
COLOURS = {
    "client": theme.NEUTRAL,
    "endpoint": theme.BLUE,
    "family": theme.SKY,
    "usage": theme.AMBER,
    "bill": theme.CORAL,
}


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_openai(warehouse, choices, "lesson_openai_architecture_figure")
    known = facts.frame.dropna(subset=["endpoint", "label_en"]).reset_index(drop=True)
    if known.empty:
        raise NothingToShow("no_openai")
    total = int(facts.frame["model_count"].sum())
    shown = int(known["model_count"].sum())
    return facts.with_(frame=known, shown=shown, total=total, values={"n": shown})


def _values(facts: Facts) -> dict[str, Value]:
    """The numbers of the whole list."""
    families = facts.frame
    by_endpoint = families.groupby("endpoint")["model_count"].sum()
    return {
        "n": facts.values["n"],
        "endpoints": families["endpoint"].str.split(", ").explode().nunique(),
        "families": len(families),
        "priced": families["priced_count"].sum(),
        "low": Amount(families["lowest_usd_per_mtok"].min(), "usd"),
        "high": Amount(families["highest_usd_per_mtok"].max(), "usd"),
        "endpoint": Listing(tuple(str(by_endpoint.idxmax()).split(", "))),
        "share": Amount(by_endpoint.max() / by_endpoint.sum(), "share"),
    }


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    values = _values(facts)
    boxes = {stage: say.write(Sentence(f"{SECTION}.boxes.{stage}", values)) for stage in ("client", "usage", "bill")}
    named = facts.frame.assign(family=facts.frame[f"label_{say.language}"])
    return chart(named, boxes, say, description=say.write(Sentence(f"{SECTION}.figure.alt", values)))


def chart(families: pd.DataFrame, words: dict[str, str], say: Say, *, description: str) -> Chart:
    """Boxes from client to bill, joined from left to right; one box for each endpoint and for each family at it.

    families: endpoint (several with commas between), family, model_count, in order. words: what stands in the boxes
    `client`, `usage` and `bill`.
    """
    boxes = _boxes(families, words, say)
    labels = [say(f"{SECTION}.stages.{stage}") for stage in STAGES]
    boxes = boxes.assign(label=boxes["stage"].map(dict(zip(STAGES, labels, strict=True))))
    hidden_x = alt.X("left:Q").axis(None).scale(domain=[0, 8.25], nice=False)
    hidden_y = alt.Y("top:Q").axis(None).scale(domain=[len(families) - 0.4, -0.6], nice=False)
    links = alt.Chart(_links(boxes)).mark_rule(opacity=0.55).encode(x=hidden_x, x2="right:Q", y=hidden_y, y2="bottom:Q")
    rects = (
        alt.Chart(boxes)
        .mark_rect(cornerRadius=4, opacity=0.9)
        .encode(
            x=hidden_x,
            x2="right:Q",
            y=hidden_y,
            y2="bottom:Q",
            color=alt.Color("label:N", scale=alt.Scale(domain=labels, range=list(COLOURS.values())))
            .title(None)
            .legend(columns=5),
            tooltip=[alt.Tooltip("label:N").title(None), alt.Tooltip("text:N").title(None)],
        )
    )
    lines = _lines(boxes)
    text = alt.Chart(lines).encode(x=alt.X("middle:Q").axis(None), y=alt.Y("centre:Q").axis(None), text="text:N")
    dark, light = "datum.stage == 'endpoint'", "datum.stage != 'endpoint'"
    return alt.layer(
        links,
        rects,
        text.transform_filter(dark).mark_text(color="#FFFFFF"),
        text.transform_filter(light).mark_text(color="#11161D"),
        description=description,
        height=25 * max(len(families), 8),
    )


def _boxes(families: pd.DataFrame, words: dict[str, str], say: Say) -> pd.DataFrame:
    """stage, text, left, right, top, bottom, middle, centre; a unit of height is the row of one family."""
    rows: list[tuple[str, str, float, float]] = []
    placed = families.reset_index(drop=True)
    for place, row in enumerate(placed.itertuples()):
        rows.append(("family", f"{row.family} · {say.number(row.model_count)}", place, place))
    for endpoint, group in placed.groupby("endpoint", sort=False):
        count = say.number(group["model_count"].sum())
        places = str(endpoint).replace(", ", "\n")
        rows.append(("endpoint", f"{places} · {count}", group.index.min(), group.index.max()))
    middle = (len(placed) - 1) / 2
    rows += [(stage, words[stage], middle - 1.5, middle + 1.5) for stage in ("client", "usage", "bill")]
    boxes = pd.DataFrame(rows, columns=["stage", "text", "first", "last"])
    left = boxes["stage"].map(LEFT)
    right = left + boxes["stage"].map(WIDTH)
    return boxes.assign(
        left=left,
        right=right,
        top=boxes["first"] - 0.42,
        bottom=boxes["last"] + 0.42,
        middle=(left + right) / 2,
        centre=(boxes["first"] + boxes["last"]) / 2,
    )


def _lines(boxes: pd.DataFrame) -> pd.DataFrame:
    """A row for each line of words, the lines of a box around its middle."""
    lines = boxes.assign(text=boxes["text"].str.split("\n"), count=boxes["text"].str.count("\n"))
    lines = lines.explode("text").reset_index(names="box")
    return lines.assign(centre=lines["centre"] + LINE * (lines.groupby("box").cumcount() - lines["count"] / 2))


def _links(boxes: pd.DataFrame) -> pd.DataFrame:
    """A line from the right edge of each box to the left edge of those it leads to."""
    lines = []
    for stage, following in pairwise(STAGES):
        for start in boxes[boxes["stage"] == stage].itertuples():
            for end in boxes[boxes["stage"] == following].itertuples():
                is_apart = stage == "endpoint" and not start.first <= end.first <= start.last
                if not is_apart:
                    lines.append((start.right, end.left, start.centre, end.centre))
    return pd.DataFrame(lines, columns=["left", "right", "top", "bottom"])


def _insight(facts: Facts) -> Sentence:
    return Sentence(f"{SECTION}.see", _values(facts))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.feature", f"{SECTION}.meaning", f"{SECTION}.measure")
    return indicators(facts, say, f"{SECTION}.features", headings, NEEDS)


def _largest_families(facts: Facts, say: Say) -> list[str]:
    ordered = facts.frame.sort_values(["model_count", "label_en"], ascending=[False, True])
    return [str(family) for family in ordered[f"label_{say.language}"].head(4)]


LESSON = Lesson(
    slug="openai_architecture",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        source="openai",
        finding=findings.leads("label_en", "model_count", findings.translated("label_en"), unit="number"),
    ),
    table=Table(
        f"{SECTION}.table",
        lambda warehouse, choices: read_openai(warehouse, choices, "lesson_openai_architecture"),
        _lay,
        caveats=(f"{SECTION}.table.caveat",),
        source="openai",
        needs=NEEDS,
    ),
    insight=_insight,
    guess=Order(_largest_families),
    references=("brown2020", "ouyang2022", "openai2023"),
)
