"""What the tests of exports share: figures and tables of their own, whose data are as odd as data get."""

from datetime import datetime

import altair as alt
import pandas as pd

from dashboard.choices import Choices
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit
from dashboard.figures.facts import Facts, Figure
from warehouse.read import Snapshot

NOW = datetime(2026, 11, 24, 12)
SNAPSHOT = Snapshot(
    kind="model",
    coverage="top",
    coverage_limit=10_000,
    is_whole=False,
    snapshot_at=datetime(2026, 11, 24),
    repository_count=3,
    previous_snapshot_at=None,
    elapsed_days=None,
    endpoint="https://huggingface.co",
    is_simulated=False,
)


def exhibit(frame: pd.DataFrame, *, key: str = "growth.population") -> Exhibit:
    """A bar for each row of `frame` (columns id and downloads), under words that exist."""
    figure = Figure(
        key,
        read=lambda warehouse, choices: Facts(frame, "select 1", SNAPSHOT),
        draw=lambda facts, say, choices: (
            alt.Chart(facts.frame, description="Bars & <more>")
            .mark_bar()
            .encode(x="downloads:Q", y="id:N", tooltip=["id:N"])
        ),
    )
    return Exhibit(figure, Facts(frame, "select '<b>' as mark", SNAPSHOT), Choices(), "build-1")


def chapter(*exhibits: Exhibit, title: str = "Title") -> Chapter:
    return Chapter("chapter", lambda say: title, exhibits)
