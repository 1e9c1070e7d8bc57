"""Charts of openness beyond the licence tag: what an index and a framework find open, partly open and closed."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.charts.encodings import tip
from dashboard.say import Say
from dashboard.theme import Chart

VERDICTS = tuple(theme.VERDICTS)
CRITERIA = (
    "base_data",
    "end_data",
    "base_weights",
    "end_weights",
    "training_code",
    "code",
    "architecture",
    "preprint",
    "paper",
    "model_card",
    "datasheet",
    "licences",
)
"""What the index looks at, in its own order: what a model is made of, how it is told of, what one may do with it."""
CLASSES = ("1", "2", "3", "0", "unknown")
"""Of the Model Openness Framework, the most open first; 0 is none of them."""
NO_CLASS = CLASSES[3:]


def families(frame: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A bar for each family, cut into the criteria that are open, partly open and closed; the first is the most open.

    frame: family (in words), verdict (one of VERDICTS), count, share (0-1 of the family's criteria).
    """
    labels = [say(f"openness.verdict.{name}") for name in VERDICTS]
    worded = frame.assign(
        label=[say(f"openness.verdict.{name}") for name in frame["verdict"]],
        position=frame["verdict"].map(VERDICTS.index),
    )
    return (
        alt.Chart(worded, description=description, height=alt.Step(24))
        .mark_bar(cornerRadiusEnd=0)
        .encode(
            y=alt.Y("family:N", sort=list(dict.fromkeys(frame["family"]))).title(None),
            x=alt.X("share:Q", stack="zero").title(say("openness.share")).axis(format="%", grid=True, tickCount=5),
            color=alt.Color("label:N", scale=theme.scale(VERDICTS, labels, theme.VERDICTS), sort=labels).title(None),
            order="position:O",
            tooltip=[tip(say, "family:N"), tip(say, "label:N", say.column("verdict")), tip(say, "count:Q")],
        )
    )


def criteria(frame: pd.DataFrame, say: Say, *, description: str) -> Chart:
    """A row for each system, a column for each criterion, coloured by the verdict.

    frame: name (of the system), organisation, criterion, verdict; systems in order.
    """
    labels = [say(f"openness.verdict.{name}") for name in VERDICTS]
    columns = [say(f"openness.criterion.{name}") for name in CRITERIA]
    worded = frame.assign(
        column=[say(f"openness.criterion.{name}") for name in frame["criterion"]],
        label=[say(f"openness.verdict.{name}") for name in frame["verdict"]],
    )
    return (
        alt.Chart(worded, description=description, height=alt.Step(26))
        .mark_rect(stroke=None)
        .encode(
            x=alt.X("column:N", sort=columns)
            .title(None)
            .axis(orient="top", labelAngle=-90, ticks=False, domain=False)
            .scale(paddingInner=0.06),
            y=alt.Y("name:N", sort=list(dict.fromkeys(frame["name"])))
            .title(None)
            .axis(ticks=False, domain=False)
            .scale(paddingInner=0.12),
            color=alt.Color("label:N", scale=theme.scale(VERDICTS, labels, theme.VERDICTS), sort=labels).title(None),
            tooltip=[
                tip(say, "name:N", say.column("system")),
                tip(say, "organisation:N"),
                tip(say, "column:N", say.column("criterion")),
                tip(say, "label:N", say.column("verdict")),
            ],
        )
    )


def classes(frame: pd.DataFrame, say: Say) -> Chart:
    """A bar for each class, the most open first, and for the models of none and of an unknown one.

    frame: name (one of CLASSES), model_count.
    """
    worded = frame.assign(label=[say(f"openness.class.{name}") for name in frame["name"]])
    colours = {name: theme.NEUTRAL if name in NO_CLASS else theme.BLUE for name in frame["name"]}
    parts = [f"{row.label} {say.number(row.model_count)}" for row in worded.itertuples()]
    return ranked.bars(
        worded,
        say,
        description=say("openness.framework.alt", parts=say.listing(parts)),
        label="label",
        value="model_count",
        title=say.column("model_count"),
        colour=alt.Color("label:N", scale=theme.scale(list(frame["name"]), list(worded["label"]), colours)).legend(
            None
        ),
    )


def transparency(frame: pd.DataFrame, say: Say) -> Chart:
    """A row for each firm, a column for each edition; the editions asked other things, so no shade compares two.

    frame: firm, edition, indicators_met; firms in order.
    """
    editions = sorted(frame["edition"].unique())
    best = frame.loc[frame.groupby("edition")["indicators_met"].idxmax()]
    parts = [f"{row.edition}: {row.firm} {row.indicators_met}" for row in best.itertuples()]
    return ranked.shaded_table(
        frame,
        say,
        description=say("openness.transparency.alt", parts=say.listing(parts)),
        row="firm",
        column="edition",
        value="indicators_met",
        columns=editions,
    )
