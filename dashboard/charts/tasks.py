"""Charts of what models are for: tasks, libraries, languages."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import ranked
from dashboard.choices import UNDECLARED
from dashboard.say import Say
from dashboard.theme import Chart

MODALITIES = ("nlp", "cv", "audio", "multimodal", "tabular", "rl", "other")


def coverage(frame: pd.DataFrame, say: Say, *, measure: str) -> Chart:
    """Bars of tasks, coloured by modality.

    frame: columns task_id, task (words), modality (an id, or undeclared), value;
    modalities stay together, the largest first.
    """
    present = [name for name in (*MODALITIES, UNDECLARED) if name in set(frame["modality"])]
    labels = [say.label("tasks.modality", name) for name in present]
    colours = dict(zip(MODALITIES, theme.PALETTE, strict=False))
    worded = frame.assign(modality=[say.label("tasks.modality", name) for name in frame["modality"]])
    return ranked.bars(
        worded,
        say,
        description=_alt(worded, say, "tasks.coverage.alt", name="task", measure=measure),
        label="task",
        value="value",
        title=measure,
        colour=alt.Color("modality:N", scale=theme.scale(present, labels, colours)).title(None),
        tooltip=("modality",),
    )


def one_colour(frame: pd.DataFrame, say: Say, *, name: str, alt_text: str, measure: str) -> Chart:
    """Bars of libraries or languages in one colour, what is not declared in grey.

    frame: columns `name` (words), is_declared, value.
    """
    return ranked.bars(
        frame,
        say,
        description=_alt(frame, say, alt_text, name=name, measure=measure),
        label=name,
        value="value",
        title=measure,
        colour=alt.Color(
            "is_declared:N", scale=alt.Scale(domain=[True, False], range=[theme.PALETTE[0], theme.NEUTRAL])
        ).legend(None),
    )


def side_by_side(frame: pd.DataFrame, say: Say, *, columns: list[str], alt_text: str) -> Chart:
    """Counts of populations that must not be summed, one column each.

    frame: columns task (words), population (words, one of `columns`), count.
    """
    first = frame[frame["population"] == columns[0]]
    leader = first.loc[first["count"].idxmax()] if first["count"].notna().any() else first.iloc[0]
    return ranked.shaded_table(
        frame,
        say,
        description=say(
            alt_text,
            n=frame["task"].nunique(),
            task=leader["task"],
            count=say.number(leader["count"]),
            population=columns[0],
        ),
        row="task",
        column="population",
        value="count",
        columns=columns,
    )


def _alt(frame: pd.DataFrame, say: Say, key: str, *, name: str, measure: str) -> str:
    top = frame.sort_values("value", ascending=False).iloc[0]
    return say(key, n=len(frame), measure=measure, top=top[name], value=say.number(top["value"]))
