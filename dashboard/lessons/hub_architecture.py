"""Lesson: how the Hub is built: repositories, libraries, tasks, modalities."""

from itertools import pairwise

import pandas as pd

from dashboard import theme
from dashboard.charts import layers
from dashboard.choices import UNDECLARED, Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, chosen_snapshot, read_at
from dashboard.lessons.guess import Number
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import indicators
from dashboard.needs import CENSUS, LISTED, WHOLE
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Amount, Label, Name, Sentence
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_hub_architecture"
OTHER = "other"
REPOSITORIES, LIBRARIES, TASKS, MODALITIES = "repositories", "libraries", "tasks", "modalities"
LAYERS = (REPOSITORIES, LIBRARIES, TASKS, MODALITIES)
NEEDS = {
    **dict.fromkeys(("modular", "broad", "open", "easy", "findable", "documented", "layered"), LISTED),
    "census_findable": CENSUS,
    "tangible": WHOLE,
}
SHOWN_NODES = {"library_id": 6, "task_id": 8, "modality": 6}
"""The largest of each layer; the others stand together, and what declares nothing stands apart."""


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_hub_architecture_figure")
    snapshot = chosen_snapshot(warehouse, choices)
    if (facts.frame[["library_id", "task_id"]] == UNDECLARED).all(axis=None):
        raise NothingToShow("all_undeclared", kind=choices.kind)
    count = int(facts.frame["repository_count"].sum())
    return facts.with_(
        shown=count,
        undeclared=int(facts.frame.loc[facts.frame["task_id"] == UNDECLARED, "repository_count"].sum()),
        values={"n": count},
        beside={"kinds": warehouse.query("kinds_at", coverage=snapshot.coverage, snapshot_at=snapshot.snapshot_at)},
    )


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    folded = facts.frame
    names: dict[tuple[int, str], str] = {}
    for layer, column in enumerate(SHOWN_NODES, start=1):
        largest = _largest(facts.frame, column)
        rest = set(facts.frame[column]) - {*largest, UNDECLARED}
        names |= {(layer, name): say.write(_name(facts.frame, column, name)) for name in largest}
        names |= {
            (layer, OTHER): say("tasks.modality.other") if rest == {OTHER} else say("ui.other", n=len(rest)),
            (layer, UNDECLARED): say(f"{SECTION}.undeclared.{LAYERS[layer]}"),
        }
        folded = folded.assign(**{column: folded[column].where(folded[column].isin([*largest, UNDECLARED]), OTHER)})
    nodes = pd.concat([_kinds(facts, say), *(_nodes(folded, column, names) for column in SHOWN_NODES)])
    headings = [say(f"{SECTION}.layers.{layer}") for layer in LAYERS]
    return layers.layered(nodes, _links(folded), headings, say, description=_alt(nodes, headings, say))


def _largest(frame: pd.DataFrame, column: str) -> list[str]:
    """Ids of the largest, largest first; a task or modality that is itself called "other" is among the others."""
    sizes = frame[~frame[column].isin([UNDECLARED, OTHER])].groupby(column)["repository_count"].sum()
    return list(sizes.sort_values(ascending=False, kind="stable").index[: SHOWN_NODES[column]])


def _name(frame: pd.DataFrame, column: str, name: str) -> Label | Name:
    if column == "modality":
        return Label("tasks.modality", name)
    named = frame[frame[column] == name].iloc[0]
    label = "library_label" if column == "library_id" else "label_{}"
    return Name({language: named[label.format(language)] for language in LANGUAGES}, name)


def _kinds(facts: Facts, say: Say) -> pd.DataFrame:
    """The first layer: three populations, of which only the models go on."""
    kinds = facts.beside["kinds"]
    return pd.DataFrame(
        {
            "layer": 0,
            "node": kinds["kind"],
            "label": [say.label("ui.kinds_of", kind) for kind in kinds["kind"]],
            "count": kinds["repository_count"],
            "colour": [theme.KINDS[kind] for kind in kinds["kind"]],
        }
    )


def _nodes(folded: pd.DataFrame, column: str, names: dict[tuple[int, str], str]) -> pd.DataFrame:
    """One layer, the largest first, then the others, then what declares nothing."""
    layer = list(SHOWN_NODES).index(column) + 1
    sizes = folded.groupby(column)["repository_count"].sum().reset_index()
    sizes["last"] = sizes[column].map({OTHER: 1, UNDECLARED: 2}).fillna(0)
    sizes = sizes.sort_values(["last", "repository_count"], ascending=[True, False])
    return pd.DataFrame(
        {
            "layer": layer,
            "node": sizes[column],
            "label": [names[layer, name] for name in sizes[column]],
            "count": sizes["repository_count"],
            "colour": [_colour(name) for name in sizes[column]],
        }
    )


def _links(folded: pd.DataFrame) -> pd.DataFrame:
    steps = []
    columns = ["kind", *SHOWN_NODES]
    for layer, (source, target) in enumerate(pairwise(columns)):
        counts = folded.assign(kind="model").groupby([source, target])["repository_count"].sum().reset_index()
        counts.columns = pd.Index(["source", "target", "count"])
        steps.append(counts.assign(layer=layer, colour=[_colour(name) for name in counts["target"]]))
    return pd.concat(steps)


def _colour(name: str) -> str:
    return theme.NEUTRAL if name == UNDECLARED else theme.KINDS["model"]


def _alt(nodes: pd.DataFrame, headings: list[str], say: Say) -> str:
    layered = [
        say(
            f"{SECTION}.figure.layer",
            layer=heading,
            parts=say.listing([f"{row['label']} {say.number(row['count'])}" for row in group.to_dict("records")]),
        )
        for heading, (_, group) in zip(headings, nodes.groupby("layer"), strict=True)
    ]
    return say(f"{SECTION}.figure.alt", layers=" ".join(layered))


def _task_share(facts: Facts) -> float:
    """Share of models that declare a task."""
    counts = facts.frame.groupby(facts.frame["task_id"] == UNDECLARED)["repository_count"].sum()
    return float(counts.get(False, 0) / counts.sum())


def _insight(facts: Facts) -> Sentence:
    """How many say what they are for, and the widest way through."""
    declared = facts.frame[(facts.frame["library_id"] != UNDECLARED) & (facts.frame["task_id"] != UNDECLARED)]
    share = Amount(_task_share(facts), "share")
    if declared.empty:
        return Sentence(f"{SECTION}.see_none", {"share": share})
    widest = declared.loc[declared["repository_count"].idxmax()]
    said = {
        "share": share,
        "library": widest["library_label"],
        "task": _name(facts.frame, "task_id", widest["task_id"]),
        "count": widest["repository_count"],
        "of": declared["repository_count"].sum(),
    }
    return Sentence(f"{SECTION}.see", said)


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    headings = (f"{SECTION}.feature", f"{SECTION}.meaning", f"{SECTION}.evidence")
    return indicators(facts, say, f"{SECTION}.features", headings, NEEDS)


LESSON = Lesson(
    slug="hub_architecture",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(LISTED,),
        finding=findings.leads("library_id", "repository_count", findings.column("library_label")),
    ),
    table=Table(
        f"{SECTION}.table",
        read=lambda warehouse, choices: read_at(warehouse, choices, "lesson_hub_architecture"),
        lay=_lay,
        caveats=(f"{SECTION}.table.caveat",),
        needs=NEEDS,
    ),
    insight=_insight,
    guess=Number(_task_share, low=0.0, high=1.0, step=0.01, unit="share"),
    references=("wolf2020", "lhoest2021", "mitchell2019"),
)
