"""What a figure and a table are: how their facts are read, how they are drawn, and what must stand under them.

A figure belongs to no page: pages, lessons and exports show the same `Figure`, so the picture on the slide is the
picture on the page. Nothing here needs a running page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.choices import KINDS, Choices
from dashboard.say import Say
from dashboard.theme import Chart
from warehouse.read import Snapshot, Warehouse


class NothingToShow(Exception):
    """The warehouse lacks what a figure needs. `reason` is a key of `ui.nothing`, which says what to do about it."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Words:
    """A value that is said with the words under `key`, whichever the language."""

    key: str


@dataclass(frozen=True)
class Facts:
    """Everything a figure draws and says, read at one moment from one build."""

    frame: pd.DataFrame
    """The rows that are drawn, shown as the table and given as CSV."""
    sql: str
    """Runs as it stands in `hubscope query`."""
    snapshot: Snapshot | None
    """What the numbers are of; None for facts that no snapshot dates (reference tables)."""
    shown: int | None = None
    """How many repositories the picture counts (n of N)."""
    total: int | None = None
    """How many the snapshot holds (N)."""
    undeclared: int | None = None
    """How many of N do not declare what the picture is about."""
    beside: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Further frames that are drawn but are not its table: milestones, gaps."""
    notes: tuple[str, ...] = ()
    """Keys of caveats that these very data call for."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the title, the caveats and "what to see" fill their placeholders with; numbers are raw."""

    is_made_up: bool = False
    """Whether facts that no snapshot dates come from simulated ones."""

    @property
    def is_simulated(self) -> bool:
        """Whether the picture must say that its data are simulated."""
        return self.is_made_up if self.snapshot is None else self.snapshot.is_simulated

    def with_(self, **changes: Any) -> "Facts":
        """The same facts with some fields replaced."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Figure:
    """One picture with its table. Its words are `<key>.title` and, when there are any, `<key>.caveat`."""

    key: str
    """`section.name`: section is the locale file, name the table in it."""
    read: Callable[[Warehouse, Choices], Facts]
    """Raises NothingToShow when the warehouse lacks what the figure needs."""
    draw: Callable[[Facts, Say, Choices], Chart]
    caveats: tuple[str, ...] = ()
    """Keys of sentences that always stand under the picture."""
    kinds: tuple[str, ...] = KINDS
    """Kinds it can be drawn for; empty when it shows all of them or none."""
    source: str = "hub"
    """`ui.source.<source>` names the origin in the caption."""
    is_weighed: bool = False
    """Whether it changes with what the reader weighs by: repositories or downloads."""


@dataclass(frozen=True)
class Table:
    """One table for people to read. Its words are `<key>.title` and those that `lay` says."""

    key: str
    read: Callable[[Warehouse, Choices], Facts]
    """Raises NothingToShow when the warehouse lacks what the table needs."""
    lay: Callable[[Facts, Say], pd.DataFrame]
    """The rows as they are read: headings and cells in the reader's language, every cell text."""
    caveats: tuple[str, ...] = ()
    """Keys of sentences that always stand under the table."""
    source: str = "hub"
    """`ui.source.<source>` names the origin in the caption."""


def read_at(warehouse: Warehouse, choices: Choices, query: str, **parameters: Any) -> Facts:
    """Facts of one query at the snapshot the reader chose.

    The query takes `$kind`, `$coverage`, `$snapshot_at` and whatever `parameters` holds; `total` is the snapshot's
    size.
    """
    snapshot = chosen_snapshot(warehouse, choices)
    at = {"kind": snapshot.kind, "coverage": snapshot.coverage, "snapshot_at": snapshot.snapshot_at, **parameters}
    frame = warehouse.query(query, **at)
    if frame.empty:
        raise NothingToShow("empty", kind=choices.kind)
    return Facts(frame, warehouse.sql(query, **at), snapshot, total=snapshot.repository_count)


def chosen_snapshot(warehouse: Warehouse, choices: Choices) -> Snapshot:
    """The snapshot a view is of; NothingToShow when there is none that early or of that coverage."""
    snapshot = warehouse.snapshot(choices.kind, choices.coverage, choices.as_of)
    if snapshot is None:
        raise NothingToShow("no_snapshot", kind=choices.kind)
    return snapshot


def title_lines(figure: Figure, facts: Facts, say: Say, choices: Choices) -> tuple[str, list[str]]:
    """The title and the lines under it, as they stand in the picture itself: a copied picture stays honest."""
    named = {"kind": say.label("ui.kinds_of", choices.kind), "weight": say.label("ui.weight", choices.weight)}
    title = say(f"{figure.key}.title", **named | spoken(facts.values, say))
    lines = (
        [say("ui.picture.snapshot", date=say.date(facts.snapshot.snapshot_at), coverage=coverage(facts, say))]
        if facts.snapshot
        else []
    )
    if facts.is_simulated:
        lines.append(say("ui.picture.simulated"))
    return title, lines


def spoken(values: Mapping[str, Any], say: Say) -> dict[str, str]:
    """Raw values as words: whole numbers with every digit, dates as dates, keys as their words, the rest as text."""
    return {name: _in_words(value, say) for name, value in values.items()}


def _in_words(value: Any, say: Say) -> str:
    if isinstance(value, Words):
        return say(value.key)
    if isinstance(value, int | float):
        return say.number(value)
    return say.date(value) if isinstance(value, datetime) else str(value)


def coverage(facts: Facts, say: Say) -> str:
    """Which part of the listing the numbers are of, in words: "every repository", "top 10,000 by downloads"."""
    if facts.snapshot is None:
        return ""
    return coverage_words(facts.snapshot.kind, facts.snapshot.coverage, facts.snapshot.coverage_limit, say)


def coverage_words(kind: str, coverage: str, limit: int | None, say: Say) -> str:
    """`coverage` of one kind in words. Spaces have no downloads, so their top is by likes; other lists are whole."""
    if kind not in KINDS:
        return say("ui.coverage.listing")
    measure = say.label("ui.top_by", kind)
    return say(f"ui.coverage.{coverage}", n=say.number(limit), measure=measure)


def picture(
    figure: Figure,
    facts: Facts,
    say: Say,
    choices: Choices,
    *,
    mode: str,
    width: int | str = "container",
    size: float = 1.0,
    height: int | str | None = None,
) -> dict[str, Any]:
    """The finished Vega-Lite specification of a figure, for a page, a slide, a screen of class mode or a file."""
    title, lines = title_lines(figure, facts, say, choices)
    chart = figure.draw(facts, say, choices)
    return theme.dress(
        chart,
        mode=mode,
        locale=say.vega_locale(),
        times=say.axis_times(),
        title=title,
        subtitle=lines,
        width=width,
        size=size,
        height=height,
    )
