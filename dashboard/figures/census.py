"""Figures of the Hub's own counts, named as such: its size, licences, tasks, libraries and languages, beside those of our list."""

from collections.abc import Callable

import pandas as pd

from dashboard.charts import census as charts
from dashboard.choices import Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, chosen_snapshot, covered
from dashboard.figures.over_time import FAR_FUTURE
from dashboard.needs import CENSUS
from dashboard.say import Say
from dashboard.sentences import Sentence
from dashboard.theme import Chart
from warehouse.read import Snapshot, Warehouse

LISTING = "hub_counts"
SHOWN_VALUES = 18
NOT_NAMED = ("rest", "undeclared")


def _census(warehouse: Warehouse, choices: Choices) -> Snapshot:
    snapshot = warehouse.snapshot(LISTING, as_of=choices.as_of)
    if snapshot is None:
        raise NothingToShow(CENSUS.reason)
    return snapshot


def _mix(facet: str) -> Callable[[Warehouse, Choices], Facts]:
    def read(warehouse: Warehouse, choices: Choices) -> Facts:
        census, listed = _census(warehouse, choices), chosen_snapshot(warehouse, choices)
        at = {"kind": choices.kind, "facet": facet, "as_of": census.snapshot_at}
        at |= {"coverage": listed.coverage, "snapshot_at": listed.snapshot_at}
        frame = warehouse.query("census_mix", **at)
        known = frame.dropna(subset="census_share").reset_index(drop=True)
        if known.empty:
            raise NothingToShow("not_counted_there", kind=choices.kind)
        is_rest = known["value_id"].isin(NOT_NAMED)
        named, rest = known[~is_rest], known[is_rest]
        return Facts(
            known,
            warehouse.sql("census_mix", **at),
            census,
            notes=tuple(f"census.caveats.{value}" for value in rest["value_id"]),
            values={
                "whole": int(known["whole_count"].iloc[0]),
                "rest": int(rest["repository_count"].sum()),
                "list": covered(listed.kind, listed.coverage, listed.coverage_limit),
                "shown": min(SHOWN_VALUES, len(named)),
                "n": len(named),
            },
        )

    return read


def _draw_mix(facts: Facts, say: Say, choices: Choices) -> Chart:
    """Without the rest, which would dwarf all else: a note says how much it is."""
    head = facts.frame[~facts.frame["value_id"].isin(NOT_NAMED)].head(SHOWN_VALUES)
    listed = say.write(Sentence("census.in_list", {"list": facts.values["list"]}))
    return charts.shares(head.assign(label=[_label(row, say) for row in head.to_dict("records")]), say, listed=listed)


def _label(row: dict[str, object], say: Say) -> str:
    stated = row[f"label_{say.language}"]
    return str(row["value_id"] if pd.isna(stated) else stated)


def _read_totals(warehouse: Warehouse, choices: Choices) -> Facts:
    census = _census(warehouse, choices)
    frame = warehouse.query("census_totals", as_of=census.snapshot_at)
    if frame.empty:
        raise NothingToShow("not_counted_there", kind=choices.kind)
    notes = ("census.caveats.once",) if frame["snapshot_at"].nunique() == 1 else ()
    newest = frame.drop_duplicates("kind", keep="last").set_index("kind")["repository_count"]
    return Facts(
        frame,
        warehouse.sql("census_totals", as_of=census.snapshot_at),
        census,
        notes=notes,
        values={"models": newest.get("model"), "datasets": newest.get("dataset")},
    )


def _draw_totals(facts: Facts, say: Say, choices: Choices) -> Chart:
    return charts.totals(facts.frame, say)


def _read_compared(warehouse: Warehouse, choices: Choices) -> Facts:
    as_of = choices.as_of or FAR_FUTURE
    frame = warehouse.query("census_compared", as_of=as_of)
    if frame.empty:
        raise NothingToShow("census_alone")
    return Facts(frame, warehouse.sql("census_compared", as_of=as_of), _census(warehouse, choices))


def _lay_compared(facts: Facts, say: Say) -> pd.DataFrame:
    rows = facts.frame.to_dict("records")
    return pd.DataFrame(
        {
            say.column("kind"): [say.label("ui.kinds_of", row["kind"]) for row in rows],
            say.column("facet"): [say.label("census.facet", row["facet"]) for row in rows],
            say.column("agreeing_count"): [
                say("census.agreeing", n=say.number(row["agreeing_count"]), of=say.number(row["compared_count"]))
                for row in rows
            ],
            say.column("furthest_off"): [
                say("census.furthest", value=say.label("census.special", row["value_id"]),
                    census=say.number(row["repository_count"]), listed=say.number(row["listed_count"]))
                for row in rows
            ],
        }
    )  # fmt: skip


def _figure(facet: str, *, kinds: tuple[str, ...] = ("model",), more: tuple[str, ...] = ()) -> Figure:
    caveats = ("census.caveats.own", *more)
    return Figure(f"census.{facet}", _mix(facet), _draw_mix, caveats=caveats, kinds=kinds, needs=(CENSUS,))


TOTALS = Figure(
    "census.totals", _read_totals, _draw_totals, caveats=("census.caveats.own", "census.caveats.spaces"), kinds=(), needs=(CENSUS,)
)  # fmt: skip
LICENCES = _figure("licence", kinds=("model", "dataset"), more=("census.caveats.licences",))
TASKS = _figure("task", more=("census.caveats.tasks",))
LIBRARIES = _figure("library", more=("census.caveats.libraries",))
LANGUAGES = _figure("language", more=("census.caveats.languages",))
COMPARED = Table("census.compared", _read_compared, _lay_compared, caveats=("census.caveats.compared",))

FIGURES = (TOTALS, LICENCES, TASKS, LIBRARIES, LANGUAGES)
