"""A watched figure at two snapshots: which of the numbers that it states moved, by how much, and which names changed."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.choices import Choices
from dashboard.digest.said import Said, Value, what_it_says
from dashboard.export.exhibit import Exhibit, Missing, look
from dashboard.figures.facts import Figure
from dashboard.lessons import LESSONS, Lesson
from dashboard.say import Say
from dashboard.sheets import CHARTS
from warehouse.read import Snapshot, Warehouse


@dataclass(frozen=True)
class Step:
    """One number or name of a figure, then and now."""

    place: str
    before: Value
    now: Value

    @property
    def change(self) -> float | None:
        """Relative to what it was; None where that was nothing, where one of the two is not known, and for names."""
        if self.before.number is None or self.now.number is None or not self.before.number:
            return None
        return (self.now.number - self.before.number) / self.before.number

    @property
    def is_renamed(self) -> bool:
        """Whether it is a name, and another one now."""
        return (self.before.is_name or self.now.is_name) and self.before.words != self.now.words

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
    reason: str = ""
    """Why it was not compared; empty when it was."""
    title: str = ""
    before_at: datetime | None = None
    now_at: datetime | None = None
    before: str = ""
    """What it said then, in one line."""
    now: str = ""
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


def compare(
    warehouse: Warehouse, figure: str, threshold: float, between: tuple[Snapshot, Snapshot], say: Say
) -> Compared:
    """The figure as each of the two snapshots shows it; a figure that one of them cannot show says so."""
    shown = _shown(figure)
    if shown is None:
        return Compared(figure, threshold, reason=say("changes.digest.no_figure"))
    picture, lesson = shown
    extras = tuple((extra.name, extra.read(None)) for extra in lesson.extras) if lesson else ()
    choices = Choices(extras=extras)
    before, now = (look(warehouse, picture, choices.pinned(snapshot)) for snapshot in between)
    for found, snapshot in ((before, between[0]), (now, between[1])):
        if isinstance(found, Missing):
            missing = say("changes.digest.missing", date=say.date(snapshot.snapshot_at), reason=found.why(say))
            return Compared(figure, threshold, reason=missing)
    assert isinstance(before, Exhibit) and isinstance(now, Exhibit)
    reason = _incomparable(before, now, say)
    if reason:
        return Compared(figure, threshold, reason=reason)
    then, today = (what_it_says(found, lesson, say.language) for found in (before, now))
    return Compared(
        figure,
        threshold,
        title=lesson.title(say) if lesson else now.title(say),
        before_at=before.moment,
        now_at=now.moment,
        before=then.text,
        now=today.text,
        steps=_steps(then, today),
    )


def _shown(name: str) -> tuple[Figure, Lesson | None] | None:
    """The figure of that name, or that of the lesson of that name."""
    for lesson in LESSONS:
        if lesson.slug == name:
            return lesson.figure, lesson
    return next(((figure, None) for figure in CHARTS if figure.key == name), None)


def _incomparable(before: Exhibit, now: Exhibit, say: Say) -> str:
    """Why what both show cannot be compared; empty when it can."""
    then, today = before.facts.snapshot, now.facts.snapshot
    if then is None or today is None:
        return say("changes.digest.undated")
    if then.snapshot_at == today.snapshot_at:
        return say("changes.digest.not_read_again", date=say.date(today.snapshot_at))
    if (then.kind, then.coverage, then.coverage_limit) != (today.kind, today.coverage, today.coverage_limit):
        return say("changes.digest.other_coverage")
    return ""


def _steps(before: Said, now: Said) -> tuple[Step, ...]:
    """What is said at the same place both times, each pair once.

    Where a sentence names something else now, its numbers are of something else: only the names are kept.
    """
    steps = [Step(place, before.values[place], value) for place, value in now.values.items() if place in before.values]
    renamed = {_part(step) for step in steps if step.is_renamed}
    pairs: dict[tuple[str, str], Step] = {}
    for step in steps:
        if step.is_renamed or not (step.now.is_name or _part(step) in renamed):
            pairs.setdefault((step.before.words, step.now.words), step)
    return tuple(pairs.values())


def _part(step: Step) -> str:
    """Title, sentence or count in which it stands."""
    return step.place.partition(".")[0]
