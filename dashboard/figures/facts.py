"""What a figure and a table are: how their facts are read, how they are drawn, and what must stand under them.

A figure belongs to no page: pages, lessons and exports show the same `Figure`, so the picture on the slide is the
picture on the page. Nothing here needs a running page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

import pandas as pd

from dashboard import theme
from dashboard.choices import KINDS, Choices
from dashboard.needs import FIELD, Need, held, lacking, population
from dashboard.printable import cleaned
from dashboard.say import Say
from dashboard.sentences import Label, Sentence, Value
from dashboard.theme import Chart
from warehouse.read import Snapshot, Warehouse


class NothingToShow(Exception):
    """The warehouse lacks what a figure needs. `reason` is a key of `ui.nothing`, which says what to do about it."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


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
    values: Mapping[str, Value] = field(default_factory=dict)
    """What the title and the caveats fill their placeholders with; numbers are raw."""

    source: str = ""
    """Where these facts are from, if not from the usual source of what shows them: a key of `sources.name`."""
    credits: tuple[str, ...] = ()
    """Whom the facts are owed to, in the words that their licences ask for."""

    lacking: tuple[str, ...] = ()
    """Keys of `ui.nothing`: why some rows stand without a number, and what brings it."""
    is_made_up: bool = False
    """Whether facts that no snapshot dates come from simulated ones."""
    copied: tuple[str, datetime] | None = None
    """Whose copy they were read from, and its newest snapshot; None of what was collected here."""

    @property
    def population(self) -> Sentence | None:
        """What the numbers are of, as a sentence names it; None for facts that no snapshot dates."""
        return population(self.snapshot) if self.snapshot is not None else None

    @property
    def is_simulated(self) -> bool:
        """Whether the picture must say that its data are simulated."""
        return self.is_made_up if self.snapshot is None else self.snapshot.is_simulated

    def with_(self, **changes: Any) -> "Facts":
        """The same facts with some fields replaced."""
        return replace(self, **changes)


Reader = Callable[[Warehouse, Choices], Facts]
Finding = Callable[[Facts, Choices], Sentence | None]


@dataclass(frozen=True)
class Figure:
    """One picture with its table. Its words are `<key>.title` and, when there are any, `<key>.caveat`."""

    key: str
    """`section.name`: section is the locale file, name the table in it."""
    read: Reader
    """Raises NothingToShow when the warehouse lacks what the figure needs."""
    draw: Callable[[Facts, Say, Choices], Chart]
    caveats: tuple[str, ...] = ()
    """Keys of sentences that always stand under the picture."""
    kinds: tuple[str, ...] = KINDS
    """Kinds it can be drawn for; empty when it shows all of them or none."""
    source: str = "hub"
    """`sources.name.<source>` names the origin in the caption."""
    is_weighed: bool = False
    """Whether it changes with what the reader weighs by: repositories or downloads."""
    needs: tuple[Need, ...] = ()
    """Without which it is not drawn; `read` says so."""
    finding: Finding | None = None
    """What its picture says, in one line above its title; `findings` makes them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", _needing(self.read, self.needs))


@dataclass(frozen=True)
class Table:
    """One table for people to read. Its words are `<key>.title` and those that `lay` says."""

    key: str
    read: Reader
    """Raises NothingToShow when the warehouse lacks what the table needs."""
    lay: Callable[[Facts, Say], pd.DataFrame]
    """The rows as they are read: headings and cells in the reader's language, every cell text."""
    caveats: tuple[str, ...] = ()
    """Keys of sentences that always stand under the table."""
    source: str = "hub"
    """`sources.name.<source>` names the origin in the caption."""
    needs: Mapping[str, Need] = field(default_factory=dict, hash=False)
    """Of each row that may lack something, by its `indicator`: where the need is not met, `read` leaves its `value` unknown."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", _rows_needing(self.read, self.needs))


def _needing(read: Reader, needs: tuple[Need, ...]) -> Reader:
    """The reader, which says what is missing before it reads, and whose copy it read."""

    def read_or_say(warehouse: Warehouse, choices: Choices) -> Facts:
        if any(need.is_of_list for need in needs):
            chosen_snapshot(warehouse, choices)
        for need in lacking(needs, warehouse, choices):
            raise NothingToShow(need.reason, kind=choices.kind)
        return _of_copy(read(warehouse, choices), warehouse)

    return read_or_say


def _rows_needing(read: Reader, needs: Mapping[str, Need]) -> Reader:
    """The reader, whose rows lose the numbers that they may not say."""

    def read_what_holds(warehouse: Warehouse, choices: Choices) -> Facts:
        facts = _of_copy(read(warehouse, choices), warehouse)
        return without_unmet(facts, needs, warehouse, choices, rows=facts.frame["indicator"]) if needs else facts

    return read_what_holds


def _of_copy(facts: Facts, warehouse: Warehouse) -> Facts:
    """The facts, and whose copy they are of."""
    if warehouse.copied is None:
        return facts
    return facts.with_(copied=(warehouse.copied.publisher, warehouse.newest_snapshot_at))


def without_unmet(
    facts: Facts,
    needs: Mapping[str, Need],
    warehouse: Warehouse,
    choices: Choices,
    *,
    rows: pd.Series,
    value: str = "value",
    lacks: str = "lacking",
) -> Facts:
    """The facts without the numbers (column `value`) of rows whose need is not met; `rows` names each row's need.

    The column `lacks` says what a row lacks.
    """
    unmet = lacking(tuple(dict.fromkeys(needs.values())), warehouse, choices)
    frame = held(facts.frame, [needs.get(row) for row in rows], unmet, value=value, lacks=lacks)
    missed = set(frame[lacks].dropna())
    reasons = [need.reason for need in unmet if need.name in missed] + (["field_unknown"] if FIELD in missed else [])
    return facts.with_(frame=frame, lacking=tuple(dict.fromkeys((*facts.lacking, *reasons))))


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


def need_each(warehouse: Warehouse) -> None:
    """NothingToShow where there is no row for each repository."""
    if not warehouse.knows_each:
        raise NothingToShow("small_edition")


def credits_of(warehouse: Warehouse, *tables: str) -> tuple[str, ...]:
    """The lines that the makers of reference tables ask for, each with its licence."""
    owed = warehouse.query("attributions")
    named = owed[owed["table_name"].isin(tables)]
    lines = [f"{row['attribution']} ({row['licence']})" for row in named.to_dict("records")]
    return tuple(dict.fromkeys(lines))


def of_reference(warehouse: Warehouse, query: str, *owed: str, **parameters: Any) -> Facts:
    """Facts that no snapshot dates, with the lines that their makers ask for."""
    frame = warehouse.query(query, **parameters)
    return Facts(frame, warehouse.sql(query, **parameters), None, credits=credits_of(warehouse, *owed))


def title_of(figure: Figure, facts: Facts, choices: Choices) -> Sentence:
    """The title of a figure for what the reader chose."""
    chosen = {"kind": Label("ui.kinds_of", choices.kind), "weight": Label("ui.weight", choices.weight)}
    return Sentence(f"{figure.key}.title", {**chosen, "population": facts.population, **facts.values})


def headline(figure: Figure, facts: Facts, choices: Choices) -> Sentence:
    """What the picture says, or where these facts tell no more, its title."""
    return (figure.finding and figure.finding(facts, choices)) or title_of(figure, facts, choices)


def title_lines(figure: Figure, facts: Facts, say: Say, choices: Choices) -> tuple[str, list[str]]:
    """The finding and the lines under it, as they stand in the picture itself: a copied picture stays honest."""
    title, said = (say.write(one(figure, facts, choices)) for one in (title_of, headline))
    return said, [*([title] if said != title else []), *origin_lines(facts, say)]


def origin_lines(facts: Facts, say: Say) -> list[str]:
    """What every picture of these facts says of them: the snapshot, or whom they are owed to; and that they are simulated."""
    lines = (
        [say("ui.picture.snapshot", date=say.date(facts.snapshot.snapshot_at), coverage=coverage(facts, say))]
        if facts.snapshot
        else [part for line in facts.credits for part in line.split("; ")]
    )
    return [*lines, say("ui.picture.simulated")] if facts.is_simulated else lines


def coverage(facts: Facts, say: Say) -> str:
    """Which part of the listing the numbers are of, in words: "every repository", "top 10,000 by downloads"."""
    if facts.snapshot is None:
        return ""
    return say.write(coverage_of(facts.snapshot))


def coverage_of(snapshot: Snapshot) -> Sentence:
    """Which part of the listing a snapshot holds."""
    return covered(snapshot.kind, snapshot.coverage, snapshot.coverage_limit)


def covered(kind: str, coverage: str, limit: int | None) -> Sentence:
    """`coverage` of one kind. Spaces have no downloads, so their top is by likes; other lists are whole."""
    if kind not in KINDS:
        return Sentence(f"ui.coverage.{'census' if kind == 'hub_counts' else 'listing'}", {})
    return Sentence(f"ui.coverage.{coverage}", {"n": limit, "measure": Label("ui.top_by", kind)})


def coverage_words(kind: str, coverage: str, limit: int | None, say: Say) -> str:
    """`covered` in words."""
    return say.write(covered(kind, coverage, limit))


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
    spec = theme.themed(
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
    return cast(dict[str, Any], cleaned(spec))
