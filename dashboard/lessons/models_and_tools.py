"""Lesson: what there is on the Hub to take: model families, the tasks they serve, and the tools that load them."""

from typing import Any

import pandas as pd

from dashboard.charts import families as charts
from dashboard.choices import UNDECLARED, Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, read_at
from dashboard.lessons.guess import Order
from dashboard.lessons.lesson import Lesson
from dashboard.lessons.measures import counted_note
from dashboard.needs import LISTED
from dashboard.say import Say
from dashboard.sentences import Amount, Sentence
from dashboard.theme import Chart
from warehouse.read import Warehouse

SECTION = "lesson_models_and_tools"
NAMED = ("bert", "gpt2", "t5", "llama", "qwen", "mistral")
"""Families that the course names: they are drawn even where others are larger."""
FAMILIES, TASKS = 12, 8
NONE = "–"


def _read(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_models_and_tools_figure")
    if (facts.frame["task_id"] == UNDECLARED).all():
        raise NothingToShow("all_undeclared", kind=choices.kind)
    cells = _drawn(facts.frame)
    ours = facts.frame[facts.frame["family_id"].isin(cells["family_id"])]
    return facts.with_(
        shown=int(cells["repository_count"].sum()),
        values={
            "n": cells["family_id"].nunique(),
            "families": facts.frame["family_id"].nunique(),
            "without": int(ours.loc[ours["task_id"] == UNDECLARED, "repository_count"].sum()),
            "of": int(ours["repository_count"].sum()),
        },
    )


def _sizes(frame: pd.DataFrame) -> pd.Series:
    """Models of each family, largest first."""
    return frame.groupby("family_id")["repository_count"].sum().sort_values(ascending=False, kind="stable")


def _families(frame: pd.DataFrame) -> list[str]:
    """Those that are drawn, largest first: the named ones, and the largest of the others."""
    sizes = _sizes(frame)
    named = [family for family in sizes.index if family in NAMED]
    others = [family for family in sizes.index if family not in NAMED][: FAMILIES - len(named)]
    return [family for family in sizes.index if family in {*named, *others}]


def _drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells, families by their number of models; what serves another task, or none that is known, has no cell."""
    families = _families(frame)
    declared = frame[frame["family_id"].isin(families) & (frame["task_id"] != UNDECLARED)]
    tasks = declared.groupby("task_id")["repository_count"].sum().sort_values(ascending=False, kind="stable")
    tasks = tasks.index[:TASKS].tolist()
    return declared[declared["task_id"].isin(tasks)].sort_values("family_id", key=lambda ids: ids.map(families.index))


def _draw(facts: Facts, say: Say, choices: Choices) -> Chart:
    cells = _drawn(facts.frame)
    named = cells.assign(task=cells[f"label_{say.language}"].fillna(cells["task_id"]))
    order = named.groupby("task")["repository_count"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    top = named.loc[named["repository_count"].idxmax()]
    alt = say(
        f"{SECTION}.figure.alt",
        families=say.listing(list(dict.fromkeys(named["family"]))),
        tasks=say.listing(order),
        family=top["family"],
        task=top["task"],
        count=say.number(top["repository_count"]),
    )
    return charts.by_task(named, say, tasks=order, description=alt)


def _insight(facts: Facts) -> Sentence:
    """Of the families drawn: which is most often changed, and whose models are most used, is rarely the same."""
    drawn = facts.frame[facts.frame["family_id"].isin(_families(facts.frame))]
    ours = drawn.groupby("family")[["repository_count", "downloads_30d"]].sum(min_count=1)
    each = ours["downloads_30d"] / ours["repository_count"]
    most = ours["repository_count"].idxmax()
    if each.isna().all():
        return Sentence(f"{SECTION}.see_uncounted", {"family": most, "count": ours["repository_count"].max()})
    used = each.idxmax()
    said = {
        "family": most,
        "count": ours.loc[most, "repository_count"],
        "each": Amount(each[most], "short"),
        "used": used,
        "used_count": ours.loc[used, "repository_count"],
        "used_each": Amount(each[used], "short"),
    }
    return Sentence(f"{SECTION}.{'see_same' if most == used else 'see'}", said)


def _order(facts: Facts, say: Say) -> list[str]:
    """The named families by their number of models; where fewer than three are known, the largest of all."""
    sizes = _sizes(facts.frame)
    named = [family for family in sizes.index if family in NAMED]
    labels = facts.frame.drop_duplicates("family_id").set_index("family_id")["family"]
    return [str(labels[family]) for family in (named if len(named) >= 3 else sizes.index[: len(NAMED)])]


def _read_table(warehouse: Warehouse, choices: Choices) -> Facts:
    facts = read_at(warehouse, choices, "lesson_models_and_tools")
    return facts.with_(notes=counted_note(facts))


def _lay(facts: Facts, say: Say) -> pd.DataFrame:
    rows = facts.frame.astype(object).where(facts.frame.notna(), None)
    return pd.DataFrame(
        [_row(row, say) for row in rows.to_dict("records")],
        columns=[
            say(f"{SECTION}.table.{heading}")
            for heading in ("name", "models", "downloads_30d", "downloads_all_time", "derivatives", "package")
        ],
    )


def _row(row: dict[str, Any], say: Say) -> tuple[str, ...]:
    """A cell that does not apply has a dash; what nobody counted is said to be unknown."""
    holds_models = row["repository_count"] is not None
    models = say(
        f"{SECTION}.table.of_all", count=say.number(row["repository_count"]), share=say.share(row["repository_share"])
    )
    return (
        say(f"{SECTION}.parts.{row['part']}", name=row["name"]),
        models if holds_models else NONE,
        say.short(row["downloads_30d"]) if holds_models else NONE,
        say.short(row["downloads_all_time"]) if holds_models else NONE,
        say.number(row["derivative_count"]) if row["part"] == "family" else NONE,
        say.short(row["package_downloads_30d"]) if row["package"] is not None else NONE,
    )


LESSON = Lesson(
    slug="models_and_tools",
    figure=Figure(
        f"{SECTION}.figure",
        _read,
        _draw,
        caveats=(f"{SECTION}.figure.caveat",),
        kinds=("model",),
        needs=(LISTED,),
        finding=findings.leads("family", "repository_count"),
    ),
    table=Table(
        f"{SECTION}.table",
        read=_read_table,
        lay=_lay,
        caveats=(f"{SECTION}.table.caveat",),
    ),
    insight=_insight,
    guess=Order(_order),
    references=("wolf2020", "devlin2018", "raffel2020", "touvron2023", "hu2021"),
)
