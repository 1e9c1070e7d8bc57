"""Time series as they were observed: where collection paused, a line is interrupted."""

from datetime import datetime

import pandas as pd

from dashboard.choices import Choices
from dashboard.figures.facts import Facts, NothingToShow
from warehouse.read import Snapshot, Warehouse

FAR_FUTURE = datetime(9999, 1, 1)
FEWEST = 30
"""Repositories in a period of which a share is drawn; `growth.caveats.few` says so."""


def segments(frame: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """The frame with `segment`, a number that grows at each row after a gap (of each `by`): one line a segment."""
    gaps = frame["is_after_gap"].astype(bool)
    return frame.assign(segment=gaps.groupby(frame[by]).cumsum() if by else gaps.cumsum())


def marked(facts: Facts, column: str, months: int = 1) -> Facts:
    """The facts whose frame says with `is_partial` which periods had not ended at the snapshot, and a caveat where one had not.

    column: the first day of each period; months: how long it is.
    """
    at = facts.snapshot.snapshot_at if facts.snapshot else FAR_FUTURE
    is_partial = facts.frame[column] + pd.DateOffset(months=months) > at
    notes = ("growth.caveats.partial",) if is_partial.any() else ()
    return facts.with_(frame=facts.frame.assign(is_partial=is_partial), notes=(*facts.notes, *notes))


def enough(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of periods that hold at least FEWEST repositories: shares of fewer are chance."""
    return frame[frame.groupby(column)["repository_count"].transform("sum") >= FEWEST]


def download_breaks(warehouse: Warehouse, choices: Choices, measure: str) -> pd.DataFrame:
    """When the counter that `measure` is changed its meaning for the chosen kind; empty for likes."""
    breaks = warehouse.query("download_breaks", kind=choices.kind)
    return breaks if measure.startswith("downloads") else breaks.head(0)


def read_openai(warehouse: Warehouse, choices: Choices, query: str) -> Facts:
    """Rows about OpenAI's models from OpenAI's own list, or where nobody had a key from models.dev, which is then named."""
    snapshot = warehouse.snapshot("openai_models", as_of=choices.as_of)
    stands_in = snapshot is None
    snapshot = snapshot or listing_snapshot(warehouse, choices, "catalogue_models", lacking="no_openai")
    at = {"snapshot_at": snapshot.snapshot_at, "listing": snapshot.kind}
    facts = Facts(warehouse.query(query, **at), warehouse.sql(query, **at), snapshot)
    if facts.frame.empty:
        raise NothingToShow("no_openai")
    return facts.with_(source="catalogue", notes=("open_closed.caveats.stands_in",)) if stands_in else facts


def listing_snapshot(warehouse: Warehouse, choices: Choices, listing: str, *, lacking: str) -> Snapshot:
    """The newest snapshot by then of a list other than the Hub's; NothingToShow(`lacking`) when there is none."""
    snapshot = warehouse.snapshot(listing, as_of=choices.as_of)
    if snapshot is None:
        raise NothingToShow(lacking)
    return snapshot
