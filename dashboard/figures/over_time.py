"""Time series as they were observed: where collection paused, a line is interrupted."""

from datetime import datetime

import pandas as pd

from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from warehouse.read import Snapshot, Warehouse

FAR_FUTURE = datetime(9999, 1, 1)


def segments(frame: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """The frame with `segment`, a number that grows at each row after a gap (of each `by`): one line a segment."""
    gaps = frame["is_after_gap"].astype(bool)
    return frame.assign(segment=gaps.groupby(frame[by]).cumsum() if by else gaps.cumsum())


def download_breaks(warehouse: Warehouse, choices: Choices, measure: str) -> pd.DataFrame:
    """When the counter that `measure` is changed its meaning for the chosen kind; empty for likes."""
    breaks = warehouse.query("download_breaks", kind=choices.kind)
    return breaks if measure.startswith("downloads") else breaks.head(0)


def listing_snapshot(warehouse: Warehouse, choices: Choices, listing: str, *, lacking: str) -> Snapshot:
    """The newest snapshot by then of a list other than the Hub's; NothingToShow(`lacking`) when there is none."""
    snapshot = warehouse.snapshot(listing, as_of=choices.as_of)
    if snapshot is None:
        raise NothingToShow(lacking)
    return snapshot
