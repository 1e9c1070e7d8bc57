"""The digest: which watched figures moved between two snapshots, and what else changed, as text, JSON, CSV and a file a run."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from dashboard.captions import nothing
from dashboard.choices import Choices, write_pin
from dashboard.digest.watch import watched
from dashboard.export.compared import Compared, Step, compare
from dashboard.export.markdown import unread
from dashboard.figures.changes import days_between, newest, since, two_snapshots
from dashboard.figures.changes_sentences import of_every_kind
from dashboard.figures.facts import NothingToShow, coverage_of
from dashboard.printable import printable
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Sentence, Value
from warehouse.errors import NothingToCompare, WatchError
from warehouse.files import write_atomically
from warehouse.read import Snapshot, Warehouse, open_current
from warehouse.settings import Home, private

COLUMNS = (
    "figure",
    "place",
    "previous",
    "now",
    "previous_number",
    "now_number",
    "relative_change",
    "threshold_percent",
    "is_moved",
    "previous_snapshot_at",
    "snapshot_at",
    "elapsed_days",
    "not_compared",
)


@dataclass(frozen=True)
class Digest:
    """What changed between two snapshots; `text` says it in either language."""

    before: Snapshot
    now: Snapshot
    compared: tuple[Compared, ...]
    """The watched figures, in the order of the watch list."""
    sentences: tuple[Sentence, ...]
    """Those of the page, for every kind that both snapshots list, and of OpenAI."""


def counted_back(warehouse: Warehouse, choices: Choices, count: int) -> datetime:
    """The moment of the `count`-th snapshot before the newest, of the same coverage; NothingToShow without one."""
    listed = warehouse.query("snapshot_list")
    is_same = (listed["kind"] == choices.kind) & (listed["coverage"] == choices.coverage)
    earlier = listed.loc[is_same, "snapshot_at"].iloc[1:]
    if count > len(earlier):
        raise NothingToShow("fewer_snapshots", n=len(earlier))
    moment: datetime = earlier.iloc[count - 1].to_pydatetime()
    return moment


def digest(warehouse: Warehouse, figures: dict[str, float], choices: Choices) -> Digest:
    """Compare the watched `figures`; NothingToShow without two snapshots of the same coverage."""
    before, now = two_snapshots(warehouse, choices)
    compared = [compare(warehouse, name, threshold, (before, now)) for name, threshold in figures.items()]
    sentences = of_every_kind(warehouse, since(choices, write_pin(before.snapshot_at)))
    return Digest(before, now, tuple(compared), tuple(sentences))


@contextmanager
def saying(say: Say) -> Iterator[None]:
    """Turn a NothingToShow into the NothingToCompare that says in words what to do."""
    try:
        yield
    except NothingToShow as missing:
        key = {"changes_no_earlier": "no_earlier", "fewer_snapshots": "fewer_snapshots"}.get(missing.reason)
        raise NothingToCompare(
            say(f"changes.digest.{key}", **missing.values) if key else nothing(say, missing)
        ) from None


def text(found: Digest, say: Say, written: Callable[[str], str] = printable) -> str:
    """The digest as Markdown; `written` makes what comes from the data harmless where it is read."""
    title = say(
        "changes.digest.title",
        before=say.date(found.before.snapshot_at),
        now=say.date(found.now.snapshot_at),
        days=days_between(found.before, found.now),
        coverage=say.write(coverage_of(found.now)),
    )
    simulated = [say("changes.digest.simulated")] if found.now.is_simulated else []
    parts = [f"# {title}", *simulated, *_watched_parts(found, say, written)]
    happened = [f"- {written(say.write(sentence))}" for sentence in found.sentences]
    return "\n\n".join([*parts, f"## {say('changes.digest.happened')}", "\n".join(happened)])


def _watched_parts(found: Digest, say: Say, written: Callable[[str], str]) -> list[str]:
    if not found.compared:
        return [say("changes.digest.nothing_watched")]
    groups = {
        "moved": ([one for one in found.compared if one.moved], _moved),
        "unmoved": ([one for one in found.compared if not one.moved and not one.reason], _still),
        "failed": ([one for one in found.compared if one.reason], _failed),
    }
    parts: list[str] = []
    for name, (members, line) in groups.items():
        if members:
            parts += [
                f"## {say(f'changes.digest.{name}', n=len(members))}",
                "\n".join(line(one, say, written) for one in members),
            ]
    return parts


def _moved(one: Compared, say: Say, written: Callable[[str], str]) -> str:
    """What moved, then what the figure said at each of the two moments."""
    steps = say.listing([_step(step, say) for step in one.moved])
    head = say(
        "changes.digest.figure", figure=one.figure, threshold=f"{one.threshold:g}%", days=_days(one), steps=steps
    )
    said = [
        say("changes.digest.said", date=say.date(at), text=words)
        for at, words in ((one.before_at, _line(one.before, say)), (one.now_at, _line(one.now, say)))
    ]
    return "\n".join([f"- {written(head)}", *(f"  - {written(line)}" for line in said)])


def _still(one: Compared, say: Say, written: Callable[[str], str]) -> str:
    changed = [step for step in one.steps if step.change]
    largest = max(changed, key=lambda step: abs(step.change or 0), default=None)
    steps = say("changes.digest.largest", step=_step(largest, say)) if largest else say("changes.digest.nothing_moved")
    line = say(
        "changes.digest.still",
        figure=one.figure,
        threshold=f"{one.threshold:g}%",
        days=_days(one),
        title=say.write(one.title),
        steps=steps,
    )
    return f"- {written(line)}"


def _failed(one: Compared, say: Say, written: Callable[[str], str]) -> str:
    return f"- {written(say('changes.digest.reason', figure=one.figure, reason=say.write(one.reason)))}"


def _line(sentences: tuple[Value, ...], say: Say) -> str:
    """What a figure says, in one line."""
    return " · ".join(map(say.write, sentences))


def _step(step: Step, say: Say) -> str:
    before, now = say.write(step.before.value), say.write(step.now.value)
    if step.is_renamed:
        return say("changes.digest.renamed", before=before, now=now)
    change = say("changes.digest.from_zero") if step.change is None else f"{step.change:+.1%}"
    return say("changes.digest.step", before=before, now=now, change=change)


def _days(one: Compared) -> str:
    """Days in words: a fraction only within the first."""
    return "" if one.days is None else f"{one.days:.0f}" if one.days >= 1 else f"{one.days:.1f}"


def rows(found: Digest, say: Say) -> pd.DataFrame:
    """A row for each number and name of each watched figure; one with the reason for a figure that was not compared."""
    return pd.DataFrame(
        [values for one in found.compared for values in (_rows(one, say) if not one.reason else [_reason(one, say)])],
        columns=list(COLUMNS),
    )


def _rows(one: Compared, say: Say) -> list[dict[str, object]]:
    return [
        {
            "figure": one.figure,
            "place": step.place,
            "previous": printable(say.write(step.before.value)),
            "now": printable(say.write(step.now.value)),
            "previous_number": step.before.number,
            "now_number": step.now.number,
            "relative_change": step.change,
            "threshold_percent": one.threshold,
            "is_moved": step in one.moved,
            "previous_snapshot_at": one.before_at,
            "snapshot_at": one.now_at,
            "elapsed_days": one.days,
        }
        for step in one.steps
    ]


def _reason(one: Compared, say: Say) -> dict[str, object]:
    return {"figure": one.figure, "threshold_percent": one.threshold, "not_compared": printable(say.write(one.reason))}


def as_json(found: Digest, say: Say) -> str:
    """The digest for programs: the two snapshots, the watched figures with their numbers, the sentences."""
    numbers = rows(found, say).astype(object)
    numbers = numbers.where(numbers.notna(), None)
    about = {
        "previous_snapshot_at": found.before.snapshot_at.isoformat(),
        "snapshot_at": found.now.snapshot_at.isoformat(),
        "elapsed_days": (found.now.snapshot_at - found.before.snapshot_at).total_seconds() / 86_400,
        "coverage": found.now.coverage,
        "coverage_limit": found.now.coverage_limit,
        "is_simulated": found.now.is_simulated,
        "moved": [one.figure for one in found.compared if one.moved],
        "watched": numbers.to_dict("records"),
        "sentences": [printable(say.write(sentence)) for sentence in found.sentences],
    }
    return json.dumps(about, indent=1, ensure_ascii=False, default=_moment)


def _moment(value: object) -> str:
    assert isinstance(value, datetime), f"{value!r} is nothing that a digest holds"
    return value.isoformat()


def write_digest(home: Home) -> Path | None:
    """The digest of the newest snapshot in both languages, in one Markdown file for its day; None without a watch list.

    Raises NothingToCompare, WatchError and what reading a build raises; a digest of that day that was there before stays.
    """
    figures = watched(home)
    if not figures:
        return None
    warehouse = open_current(home)
    choices = newest(warehouse)
    with saying(Say(LANGUAGES[0])):
        found = digest(warehouse, figures, choices)
    path = home.digests / f"{found.now.snapshot_at:%Y-%m-%d}.md"
    content = "\n\n---\n\n".join(text(found, Say(language), _unread) for language in LANGUAGES)
    try:
        with private(home):
            write_atomically(path, f"{content}\n".encode())
    except OSError as error:
        raise WatchError(f"{path} cannot be written ({error.strerror or error}).") from None
    return path


def _unread(words: str) -> str:
    return unread(printable(words))
