"""The licences of one task over time: a share of the repositories that serve it, at each snapshot."""

from dashboard.charts import licences as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, read_at
from dashboard.figures.licences import share_of, weighed_licences
from dashboard.figures.over_time import segments
from dashboard.needs import LISTED
from dashboard.say import Say
from dashboard.sentences import Name
from dashboard.theme import Chart
from warehouse.read import Warehouse


def _read_by_task(warehouse: Warehouse, choices: Choices) -> Facts:
    """The licence classes of one task at each snapshot; by the task with most repositories unless the reader says which."""
    largest = read_at(warehouse, choices, "task_ranking").frame
    known = largest[largest["task_id"] != "undeclared"]
    if known.empty:
        raise NothingToShow("all_undeclared", kind=choices.kind)
    wanted = choices.extra("task")
    task = known[known["task_id"] == wanted].head(1) if wanted in set(known["task_id"]) else known.head(1)
    row = task.iloc[0].to_dict()
    facts = weighed_licences(read_at(warehouse, choices, "licences_of_task", task=row["task_id"]), choices)
    totals = facts.frame.groupby("snapshot_at")["value"].transform("sum")
    drawn = facts.frame.assign(share=share_of(facts.frame["value"], totals))[totals > 0]
    labels = {language: row.get(f"label_{language}") for language in ("en", "zh")}
    return facts.with_(
        frame=drawn.reset_index(drop=True),
        shown=None,
        undeclared=None,
        values={"task": Name(labels, row["task_id"]), "n": int(row["repository_count"])},
    )


def _draw_by_task(facts: Facts, say: Say, choices: Choices) -> Chart:
    drawn = segments(facts.frame, "licence_class")
    return charts.of_task(drawn, say, measure=say(f"ui.weight.{choices.weight}"), task=say.write(facts.values["task"]))


BY_TASK = Figure(
    "licences.by_task",
    _read_by_task,
    _draw_by_task,
    caveats=("licences.caveats.by_task",),
    kinds=("model", "dataset"),
    is_weighed=True,
    needs=(LISTED,),
    finding=findings.moved_most(
        "licence_class", "snapshot_at", "share", findings.label("licences.class", "licence_class")
    ),
)

FIGURES = (BY_TASK,)
