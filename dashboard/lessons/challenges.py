"""Lesson: what is hard about open models, and where the road leads."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts.encodings import tip
from dashboard.charts.ranked import decades
from dashboard.choices import Choices
from dashboard.figures import course_facts
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.figures.over_time import FEWEST, marked
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import cell
from dashboard.needs import LEADING, LISTED, WHOLE
from dashboard.say import Say
from dashboard.sentences import Amount, Month, Sentence, Year
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_challenges"
NEEDS = {
    **dict.fromkeys(("median_memory", "too_large", "light", "no_licence", "no_card", "energy", "explained"), LISTED),
    "top_memory": LEADING,
    "data": WHOLE,
}
NAMES = 0.13
"""What the names of memories take beyond the last month, of the time that is drawn."""
A_YEAR = 12
HEADROOM = 3.5
"""Above the largest model, for what is written along the upper edge."""
BYTES = {16: 2.0, 4: 0.5}
"""Bytes a parameter takes at a number of bits."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_challenges_figure")
    if len(facts.frame) < 2:
        raise NothingToShow("empty", kind="model")
    full = facts.frame[facts.frame["repository_count"] >= FEWEST]
    notes = ("growth.caveats.few",) if len(full) >= A_YEAR else ()  # a small world has no month of so many
    facts = marked(facts.with_(frame=full if notes else facts.frame, notes=notes), "created_month")
    shown = int(facts.frame["repository_count"].sum())
    return facts.with_(
        shown=shown,
        undeclared=(facts.total or 0) - shown,
        beside={"memory": warehouse.query("hardware_memory"), "light": _light_by_year(facts.frame)},
    )


def _light_by_year(months: pd.DataFrame) -> pd.DataFrame:
    """middle (of each year drawn), share of its models that are adapters or quantised."""
    years = months.groupby(months["created_month"].dt.year).agg(
        first=("created_month", "min"),
        last=("created_month", "max"),
        light=("light_count", "sum"),
        models=("model_count", "sum"),
    )
    return years.assign(
        middle=years["first"] + (years["last"] - years["first"]) / 2, share=years["light"] / years["models"]
    )


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    light = facts.beside["light"]
    worded = light.assign(words=[say(f"{SECTION}.figure.light", share=say.share(share)) for share in light["share"]])
    last = facts.frame.iloc[-1]
    description = say(
        f"{SECTION}.figure.alt",
        month=say.month(last["created_month"]),
        p50=say.short(last["p50"]),
        p90=say.short(last["p90"]),
        largest=say.short(last["largest"]),
    )
    return chart(facts.frame, facts.beside["memory"], worded, say, description=description)


def chart(months: pd.DataFrame, memory: pd.DataFrame, light: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """Median and ninth decile of parameters by month of creation, with lines for what fits into a memory.

    months: created_month, p50, p90, largest, repository_count. memory: memory_gb. light: middle (of a year), words;
    written along the upper edge.
    """
    key = f"{SECTION}.figure"
    steps = decades(pd.concat([months["p50"], months["largest"]]))
    y = alt.Y("value:Q").scale(type="log", domain=[steps[0], steps[-1] * HEADROOM], nice=False)
    y = y.title(say(f"{key}.axis")).axis(labelExpr=say.axis_numbers(), values=steps)
    first, last = months["created_month"].min(), months["created_month"].max()
    begins = [moment.isoformat() for moment in pd.date_range(first, last, freq="YS")]
    x = (
        alt.X("created_month:T")
        .title(say.column("created_month"))
        .axis(values=begins or alt.Undefined)
        .scale(domain=[first.isoformat(), (last + (last - first) * NAMES).isoformat()], nice=False)
    )
    base = alt.Chart(months).encode(
        x=x,
        tooltip=[
            tip(say, "created_month:T"),
            *[tip(say, f"{name}:Q", say(f"{key}.{name}"), form=",.3s") for name in ("p50", "p90", "largest")],
            tip(say, "repository_count:Q"),
        ],
    )
    series = {"p50": theme.BLUE, "p90": theme.AMBER, "largest": theme.NEUTRAL}
    names = [say(f"{key}.{name}") for name in series]
    colour = alt.Color("series:N", scale=alt.Scale(domain=names, range=list(series.values()))).title(None)
    lines = base.transform_fold(["p50", "p90"], as_=["column", "value"]).transform_calculate(
        series=f"datum.column == 'p50' ? {names[0]!r} : {names[1]!r}"
    )
    largest = base.transform_calculate(value="datum.largest", series=repr(names[2]))
    fits = _fits(memory, say, first, last)
    bits = list(dict.fromkeys(fits["bits"]))
    dash = alt.StrokeDash("bits:N").scale(domain=bits, range=[[1, 0], [6, 4]]).title(None)
    lines_of_memory = alt.Chart(fits).encode(y="value:Q")
    return alt.layer(
        lines_of_memory.mark_rule().encode(
            x="from:T", x2="at:T", strokeDash=dash.legend(symbolType="stroke", symbolStrokeWidth=2)
        ),
        # 24 GB at 4 bits and 80 GB at 16 lie close together: each number of bits has a column of its own.
        lines_of_memory.mark_text(align="left", baseline="middle", dx=6).encode(x="at:T", text="words:N"),
        largest.mark_point(size=30, opacity=0.6).encode(y=y, color=colour),
        lines.mark_line().encode(y=y, color=colour),
        alt.Chart(light).mark_text(baseline="top").encode(x="middle:T", y=alt.value(4), text="words:N"),
        description=description,
        height=400,
    )


def _fits(memory: pd.DataFrame, say: Say, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """A row for each memory and number of bits: the parameters that fit, and what is written on the line."""
    return pd.DataFrame(
        [
            {
                "value": gigabytes * 1e9 / size,
                "bits": say(f"{SECTION}.figure.bits", bits=bits),
                "from": first,
                "at": last + (last - first) * column * NAMES / len(BYTES),
                "words": say(f"{SECTION}.figure.fits", gb=gigabytes),
            }
            for gigabytes in memory["memory_gb"]
            for column, (bits, size) in enumerate(BYTES.items())
        ]
    )


def _newest_year(facts: Facts) -> pd.DataFrame:
    """The last twelve months drawn."""
    return facts.frame[facts.frame["created_month"] > facts.frame["created_month"].max() - pd.DateOffset(months=12)]


def _insight(facts: Facts) -> Sentence:
    """What the median model of the newest whole month needs, and how many models are made light, now and at first."""
    whole = facts.frame[~facts.frame["is_partial"]]
    month, first = (whole if len(whole) else facts.frame).iloc[-1], facts.beside["light"].iloc[0]
    said = {
        "month": Month(month["created_month"]),
        "parameters": Amount(month["p50"], "short"),
        "gb16": Amount(month["p50"] * BYTES[16] / 1e9, "gb"),
        "gb4": Amount(month["p50"] * BYTES[4] / 1e9, "gb"),
        "largest": Amount(_newest_year(facts)["largest"].max(), "short"),
        "share": Amount(_light_share(facts), "share"),
        "first": Amount(first["share"], "share"),
        "year": Year(first["middle"]),
    }
    return Sentence(f"{SECTION}.see", said)


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    return read_at(warehouse, choices, "lesson_challenges")


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = [
        (
            say(f"{SECTION}.challenges.{row['indicator']}.name"),
            cell(facts, say, row, NEEDS),
            say(f"{SECTION}.challenges.{row['indicator']}.road"),
        )
        for row in facts.frame.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=[say(f"{SECTION}.{heading}") for heading in ("challenge", "number", "road")])


def _light_share(facts: Facts) -> float:
    """Share of the models of the last twelve months that are adapters or quantised."""
    newest = _newest_year(facts)
    return float(newest["light_count"].sum() / newest["model_count"].sum())


def _finding(facts: Facts, choices: Choices) -> Sentence | None:
    """The median size in the newest whole month."""
    whole = facts.frame[~facts.frame["is_partial"]]
    if whole.empty:
        return None
    said = {"month": Month(whole["created_month"].iloc[-1]), "parameters": Amount(whole["p50"].iloc[-1], "parameters")}
    return Sentence("findings.median_size", said)


LESSON = Lesson(
    slug="challenges",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(WHOLE,),
        finding=_finding,
    ),
    table=Table(f"{SECTION}.table", _read_table, _lay, caveats=(f"{SECTION}.table.caveat",), needs=NEEDS),
    insight=_insight,
    guess=Number(_light_share, low=0.0, high=1.0, step=0.01, unit="share"),
    references=("strubell2019", "luccioni2023", "dettmers2023", "frantar2022", "hoffmann2022", "mitchell2019"),
    more=(course_facts.ACCELERATORS,),
)
