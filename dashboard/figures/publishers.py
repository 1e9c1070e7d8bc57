"""Figures of who publishes: what authors of each region and kind of organisation hold, by repositories and by downloads."""

from functools import partial

import pandas as pd

from dashboard.charts import publishers as charts
from dashboard.choices import Choices
from dashboard.figures import findings
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, credits_of, read_at
from dashboard.figures.over_time import segments
from dashboard.figures.weights import COLUMNS
from dashboard.needs import EARLIER, LISTED
from dashboard.say import Say
from dashboard.sentences import Amount
from dashboard.theme import Chart
from warehouse.read import Warehouse

SOURCE = "author_sources"


def _read(warehouse: Warehouse, choices: Choices, by: str) -> Facts:
    """Facts with a row for each snapshot and part: `value` by what the reader weighs by, and its share of the snapshot."""
    facts = read_at(warehouse, choices, "origin_mix")
    frame = facts.frame.assign(part=facts.frame[by], value=facts.frame[COLUMNS[choices.weight]])
    if frame["value"].isna().all():
        raise NothingToShow("not_counted", kind=choices.kind)
    summed = (
        frame.dropna(subset="value")
        .groupby(["snapshot_at", "is_after_gap", "part"], as_index=False)[["value", "repository_count", "author_count"]]
        .sum()
    )
    totals = summed.groupby("snapshot_at")["value"].transform("sum").astype(float)
    shares = summed.assign(share=summed["value"] / totals.where(totals > 0)).dropna(subset="share")
    newest = shares[shares["snapshot_at"] == frame["snapshot_at"].max()].set_index("part")
    if newest.empty:
        raise NothingToShow("not_counted", kind=choices.kind)
    is_unmapped = newest.index == charts.UNMAPPED
    unmapped = int(newest.loc[is_unmapped, "repository_count"].sum())
    return facts.with_(
        frame=shares.reset_index(drop=True),
        shown=int(newest["repository_count"].sum()) - unmapped,
        undeclared=None,
        credits=credits_of(warehouse, SOURCE),
        values={"unmapped": Amount(float(newest.loc[is_unmapped, "share"].sum()), "share")},
    )


def _read_now(warehouse: Warehouse, choices: Choices, by: str) -> Facts:
    facts = _read(warehouse, choices, by)
    newest = facts.frame[facts.frame["snapshot_at"] == facts.frame["snapshot_at"].max()]
    is_unmapped = newest["part"] == charts.UNMAPPED
    ordered = newest.assign(last=is_unmapped).sort_values(["last", "value"], ascending=[True, False], kind="stable")
    return facts.with_(frame=ordered[["part", "value", "share", "author_count"]].reset_index(drop=True))


def _draw_now(facts: Facts, say: Say, choices: Choices, by: str) -> Chart:
    return charts.now(facts.frame, say, by=by, measure=say(f"ui.weight.{choices.weight}"))


def _read_over_time(warehouse: Warehouse, choices: Choices, by: str) -> Facts:
    facts = _read(warehouse, choices, by)
    return facts.with_(frame=facts.frame[["snapshot_at", "is_after_gap", "part", "value", "share"]])


def _draw_over_time(facts: Facts, say: Say, choices: Choices, by: str) -> Chart:
    drawn = segments(facts.frame, by="part")
    return charts.over_time(drawn, say, by=by, measure=say(f"ui.weight.{choices.weight}"))


def _read_disputes(warehouse: Warehouse, choices: Choices) -> Facts:
    frame = warehouse.query("author_disputes")
    return Facts(
        frame,
        warehouse.sql("author_disputes"),
        None,
        credits=credits_of(warehouse, SOURCE),
        values={"n": frame["author"].nunique()},
    )


def _lay_disputes(facts: Facts, say: Say) -> pd.DataFrame:
    """A row for each author: what each source says, and what counts."""
    rows = [
        (
            author,
            say.listing(
                [
                    say("publishers.says", source=row["source"], region=say.label("publishers.region", row["region"]))
                    for row in said.to_dict("records")
                ]
            ),
            say.label("publishers.region", said["ruling_region"].iloc[0]),
        )
        for author, said in facts.frame.groupby("author", sort=False)
    ]
    return pd.DataFrame(rows, columns=[say("columns.author"), say("publishers.said"), say("columns.ruling_region")])


def _figure(name: str, by: str) -> Figure:
    named = findings.label(f"publishers.{by}", "part")
    read, draw, needs, finding = {
        "now": (_read_now, _draw_now, (LISTED,), findings.leads("part", "share", named, unit="share")),
        "over_time": (
            _read_over_time,
            _draw_over_time,
            (LISTED, EARLIER),
            findings.moved_most("part", "snapshot_at", "share", named),
        ),
    }[name]
    return Figure(
        f"publishers.{by}_{name}",
        partial(read, by=by),
        partial(draw, by=by),
        caveats=("publishers.caveats.sources",),
        is_weighed=True,
        needs=needs,
        finding=finding,
    )


REGIONS, REGIONS_OVER_TIME = _figure("now", "region"), _figure("over_time", "region")
ORGANISATIONS, ORGANISATIONS_OVER_TIME = _figure("now", "author_kind"), _figure("over_time", "author_kind")

FIGURES = (REGIONS, REGIONS_OVER_TIME, ORGANISATIONS, ORGANISATIONS_OVER_TIME)
DISPUTES = Table(
    "publishers.disputes", _read_disputes, _lay_disputes, caveats=("publishers.caveats.disputes",), source="reference"
)
