"""A watched figure at two snapshots: which of the numbers that it states moved, by how much, and which names changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Real

import pandas as pd

from dashboard.captions import counts
from dashboard.choices import Choices
from dashboard.export.exhibit import Exhibit, Missing, read_exhibit
from dashboard.figures.changes import two_snapshots
from dashboard.figures.facts import Figure, NothingToShow, title_of
from dashboard.lessons import LESSONS, Lesson
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Amount, Label, Listing, Month, Sentence, Sentences, Value, Year
from dashboard.sheets import CHARTS
from warehouse.read import Snapshot, Warehouse

MOVED = 2.0
"""Per cent of itself by which a number must have moved for the slide of its figure to say so."""
MOST_STEPS = 3
"""Said on one slide."""
DAYS = "title.days"
"""How far apart two snapshots are is nothing that a figure measures."""


@dataclass(frozen=True)
class Stated:
    """One number or name in a sentence."""

    value: Value

    @property
    def number(self) -> float | None:
        """The number itself, however it is rounded in words; None for a name, and for a number that is not known."""
        number = self.value.number if isinstance(self.value, Amount) else self.value
        return float(number) if isinstance(number, Real) and pd.notna(number) else None

    @property
    def is_name(self) -> bool:
        """Whether it is no number, known or not."""
        return not isinstance(self.value, Amount | Real) and self.value is not None


@dataclass(frozen=True)
class Step:
    """One number or name of a figure, then and now."""

    place: str
    """Where it stands: "see.share"."""
    before: Stated
    now: Stated

    @property
    def change(self) -> float | None:
        """Relative to what it was; None where that was nothing, where one of the two is not known, and for names."""
        if self.before.number is None or self.now.number is None or not self.before.number:
            return None
        return (self.now.number - self.before.number) / self.before.number

    @property
    def sentence(self) -> Sentence:
        """What it was and what it is."""
        return Sentence("changes.digest.renamed", {"before": self.before.value, "now": self.now.value})

    @property
    def is_renamed(self) -> bool:
        """Whether it is a name, and another one now."""
        return (self.before.is_name or self.now.is_name) and self.before != self.now

    def is_beyond(self, threshold: float) -> bool:
        """Whether it moved by more than `threshold` per cent. A number that came from zero did; one not known did not."""
        if self.is_renamed:
            return True
        if self.before.number is None or self.now.number is None:
            return False
        if self.change is None:
            return self.now.number != 0
        return round(abs(self.change) * 100, 9) > threshold


@dataclass(frozen=True)
class Compared:
    """A watched figure between two snapshots, or why it was not compared."""

    figure: str
    """Its name on the watch list."""
    threshold: float
    reason: Sentence | None = None
    """Why it was not compared; None when it was."""
    title: Value = ""
    before_at: datetime | None = None
    now_at: datetime | None = None
    before: tuple[Value, ...] = ()
    """The sentences that it said then."""
    now: tuple[Value, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def moved(self) -> tuple[Step, ...]:
        """What moved by more than the threshold, in the order in which it is said."""
        return tuple(step for step in self.steps if step.is_beyond(self.threshold))

    @property
    def days(self) -> float | None:
        """Between the two moments at which its own source was read."""
        if self.before_at is None or self.now_at is None:
            return None
        return (self.now_at - self.before_at).total_seconds() / 86_400


def compare(warehouse: Warehouse, figure: str, threshold: float, between: tuple[Snapshot, Snapshot]) -> Compared:
    """The figure as each of the two snapshots shows it; a figure that one of them cannot show says so."""
    shown = _shown(figure)
    if shown is None:
        return Compared(figure, threshold, Sentence("changes.digest.no_figure", {}))
    picture, lesson = shown
    extras = tuple((extra.name, extra.read(None)) for extra in lesson.extras) if lesson else ()
    choices = Choices(extras=extras)
    before, now = (read_exhibit(warehouse, picture, choices.pinned(snapshot)) for snapshot in between)
    for found, snapshot in ((before, between[0]), (now, between[1])):
        if isinstance(found, Missing):
            missing = {"date": snapshot.snapshot_at, "reason": found.sentence}
            return Compared(figure, threshold, Sentence("changes.digest.missing", missing))
    assert isinstance(before, Exhibit) and isinstance(now, Exhibit)
    reason = _incomparable(before, now)
    if reason is not None:
        return Compared(figure, threshold, reason)
    then, today = (_sentences(found, picture, lesson) for found in (before, now))
    return Compared(
        figure,
        threshold,
        title=lesson.heading if lesson else today["title"],
        before_at=before.moment,
        now_at=now.moment,
        before=tuple(then.values()),
        now=tuple(today.values()),
        steps=_steps(_stated(then), _stated(today)),
    )


def moved_since(warehouse: Warehouse, lesson: Lesson, choices: Choices) -> Sentence | None:
    """How the numbers and names that the sentence of a lesson states moved since the snapshot of last class.

    None where none did by more than MOVED, where there is one snapshot only, and where the reader chose another view.
    """
    if any(choices.extra(extra.name) not in ("", extra.default) for extra in lesson.extras):
        return None
    try:
        found = compare(warehouse, lesson.slug, MOVED, two_snapshots(warehouse, choices))
    except NothingToShow:
        return None
    steps = [step.sentence for step in found.moved if step.place.startswith("see.")][:MOST_STEPS]
    return Sentence("changes.moved_since", {"date": found.before_at, "steps": Listing(tuple(steps))}) if steps else None


def _shown(name: str) -> tuple[Figure, Lesson | None] | None:
    """The figure of that name, or that of the lesson of that name."""
    for lesson in LESSONS:
        if lesson.slug == name:
            return lesson.figure, lesson
    return next(((figure, None) for figure in CHARTS if figure.key == name), None)


def _incomparable(before: Exhibit, now: Exhibit) -> Sentence | None:
    """Why what both show cannot be compared; None when it can."""
    then, today = before.facts.snapshot, now.facts.snapshot
    if then is None or today is None:
        return Sentence("changes.digest.undated", {})
    if then.snapshot_at == today.snapshot_at:
        return Sentence("changes.digest.not_read_again", {"date": today.snapshot_at})
    if (then.kind, then.coverage, then.coverage_limit) != (today.kind, today.coverage, today.coverage_limit):
        return Sentence("changes.digest.other_coverage", {})
    return None


def _sentences(exhibit: Exhibit, figure: Figure, lesson: Lesson | None) -> dict[str, Value]:
    """What a figure says: its title, the sentence of its lesson, its counts or the length of its list."""
    parts: dict[str, Value] = {"title": title_of(figure, exhibit.facts, exhibit.choices)}
    if lesson is not None:
        parts["see"] = lesson.insight(exhibit.facts)
    return parts | (counts(exhibit.facts) or _size(exhibit))


def _size(exhibit: Exhibit) -> dict[str, Sentence]:
    """How long the list is that the figure is of, where its caption counts nothing and the list is of models or repositories."""
    snapshot = exhibit.facts.snapshot
    if snapshot is None or not Say(LANGUAGES[0]).knows(f"ui.noun.{snapshot.kind}"):
        return {}
    listed = {"n": snapshot.repository_count, "kind": Label("ui.noun", snapshot.kind)}
    return {"listed": Sentence("changes.digest.listed", listed)}


def _stated(parts: dict[str, Value]) -> dict[str, Stated]:
    """The numbers and names in sentences, by where they stand."""
    found = {f"{part}.{name}": value for part, sentence in parts.items() for name, value in stated(sentence)}
    return {place: Stated(value) for place, value in found.items() if place != DAYS}


def stated(sentence: Value) -> Iterator[tuple[str, Value]]:
    """The numbers and names that a sentence states, by placeholder, with those of a sentence within it.

    Dates are left out, since that they move is no news.
    """
    if isinstance(sentence, Sentences):
        for part in sentence.parts:
            yield from stated(part)
    if not isinstance(sentence, Sentence):
        return
    placeholders = Say(LANGUAGES[0]).placeholders(sentence.key)  # both languages have the same
    for name, value in sentence.values.items():
        if name not in placeholders or isinstance(value, date | Month | Year):
            continue
        if isinstance(value, Sentence | Sentences):
            yield from ((f"{name}.{inner}", one) for inner, one in stated(value))
        else:
            yield name, value


def _steps(before: dict[str, Stated], now: dict[str, Stated]) -> tuple[Step, ...]:
    """What is said at the same place both times, each pair once.

    Where a sentence names something else now, its numbers are of something else: only the names are kept.
    """
    steps = [Step(place, before[place], value) for place, value in now.items() if place in before]
    renamed = {_part(step) for step in steps if step.is_renamed}
    pairs: list[Step] = []
    for step in steps:
        is_kept = step.is_renamed or not (step.now.is_name or _part(step) in renamed)
        if is_kept and not any((step.before, step.now) == (other.before, other.now) for other in pairs):
            pairs.append(step)
    return tuple(pairs)


def _part(step: Step) -> str:
    """Title, sentence or count in which it stands."""
    return step.place.partition(".")[0]
