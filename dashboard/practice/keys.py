"""What is right for the reader's own snapshot, and the texts of an exercise that are filled from it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from string import Template
from typing import Any
from urllib.parse import urlencode

from dashboard import sentences
from dashboard.captions import nothing
from dashboard.choices import KINDS, Choices
from dashboard.figures.facts import NothingToShow
from dashboard.needs import among, lacking
from dashboard.practice.check import Known, Right, Verdict, check
from dashboard.practice.exercise import CODE, Exercise, Name, Number
from dashboard.practice.exercises import PRACTICE
from dashboard.printable import printable
from dashboard.say import LANGUAGES, Say
from dashboard.sentences import Sentence, Sentences, Value
from warehouse.read import Snapshot, Warehouse

_NOT_IN_CODE = re.compile(r"[^\w\-./:+() ]")


@dataclass(frozen=True)
class Key:
    """An exercise at one snapshot: what is right, and what its words are filled with."""

    exercise: Exercise
    snapshot: Snapshot | None
    """None where no snapshot is needed: the answer is arithmetic, or of facts that no snapshot dates."""
    right: Right
    values: Mapping[str, Any]
    """The first row of the query, but for the answer."""
    frame: str = ""
    """The query with gaps, of an exercise with SQL."""

    @property
    def question(self) -> Sentence | Sentences:
        """What is asked, with the list that it is asked of."""
        asked = Sentence(f"{self.exercise.key}.question", _said(self.values))
        return among(self.snapshot, self.exercise.needs, asked)

    @property
    def code(self) -> str:
        """The lines to run, of an exercise with code."""
        path = CODE / f"{self.exercise.lesson}.txt"
        values = {name: _NOT_IN_CODE.sub("", str(value)) for name, value in self.values.items()}
        return Template(path.read_text(encoding="utf-8")).substitute(values).rstrip()

    @property
    def address(self) -> str:
        """Where it is done, relative to any page of the dashboard; empty for code, which is run elsewhere."""
        view = {"q": self.frame} if self.exercise.part == "sql" else dict(self.exercise.view)
        query = f"?{urlencode(view)}" if view else ""
        return f"{self.exercise.opens}{query}" if self.exercise.opens else ""

    def answer(self, say: Say) -> str:
        """What is right, in words; of an exercise without a check, what should be seen."""
        match self.exercise.answer:
            case Number(unit=unit):
                return say.measured(self.right.number, unit)
            case Name():
                return say.listing([say.write(one.said) for one in self.right.names if one.is_right])
        return say(f"{self.exercise.key}.see")


@dataclass(frozen=True)
class Unasked:
    """An exercise that is not asked, for this home does not tell what is right."""

    exercise: Exercise
    reason: NothingToShow

    def why(self, say: Say) -> str:
        """What is missing, and which command brings it."""
        return nothing(say, self.reason)


def keys_of(warehouse: Warehouse, choices: Choices, slug: str) -> tuple[Key | Unasked, ...]:
    """The exercises of a lesson at the snapshot the reader chose."""
    return tuple(_or_why(warehouse, choices, exercise) for exercise in PRACTICE[slug])


def _or_why(warehouse: Warehouse, choices: Choices, exercise: Exercise) -> Key | Unasked:
    try:
        return read_key(warehouse, Choices(coverage=choices.coverage, as_of=choices.as_of), exercise)
    except NothingToShow as reason:
        return Unasked(exercise, reason)


@lru_cache(maxsize=512)
def read_key(warehouse: Warehouse, choices: Choices, exercise: Exercise) -> Key:
    """What is right at the snapshot the reader chose; NothingToShow where this home does not tell it.

    Kept with the build, which never changes: a class screen has the answers in its notes.
    """
    if exercise.listing in KINDS:
        choices = replace(choices, kind=exercise.listing)
    for need in lacking(exercise.needs, warehouse, choices):
        raise NothingToShow(need.reason, kind=choices.kind)
    coverage = choices.coverage if exercise.listing in KINDS else None
    snapshot = warehouse.snapshot(exercise.listing, coverage, choices.as_of) if exercise.needs else None
    return _at(warehouse, exercise, snapshot)


def judge(warehouse: Warehouse, key: Key, text: str) -> Verdict:
    """An answer held against the key, and where it is not right against that of the snapshot before."""
    verdict = check(key.exercise, key.right, text)
    snapshot = key.snapshot
    if verdict.is_right or snapshot is None or snapshot.previous_snapshot_at is None:
        return verdict
    coverage = snapshot.coverage if snapshot.kind in KINDS else None
    earlier = warehouse.snapshot(snapshot.kind, coverage, snapshot.snapshot_at - timedelta(microseconds=1))
    try:
        before = _at(warehouse, key.exercise, earlier)
    except NothingToShow:
        return verdict
    return check(key.exercise, key.right, text, before.right)


def _at(warehouse: Warehouse, exercise: Exercise, snapshot: Snapshot | None) -> Key:
    if not exercise.is_checked:
        return Key(exercise, snapshot, Right(), {})
    at = {"kind": snapshot.kind, "coverage": snapshot.coverage, "snapshot_at": snapshot.snapshot_at} if snapshot else {}
    rows = warehouse.rows(exercise.query, **at)
    if not rows or rows[0]["answer"] is None or not _is_finite(rows[0]["answer"]):
        raise NothingToShow("empty", kind=exercise.listing if exercise.listing in KINDS else KINDS[0])
    values = {name: value for name, value in rows[0].items() if name not in ("answer", "value")}
    frame = warehouse.frame(exercise.query, **at) if exercise.part == "sql" else ""
    return Key(exercise, snapshot, _right(exercise, rows), values, frame)


def _is_finite(answer: Any) -> bool:
    return not isinstance(answer, float) or math.isfinite(answer)


def _right(exercise: Exercise, rows: list[dict[str, Any]]) -> Right:
    """The first row is right, and of names those that stand beside it with the same value."""
    if isinstance(exercise.answer, Number):
        return Right(float(rows[0]["answer"]))
    first = rows[0]["value"]
    return Right(names=tuple(_known(row, row["value"] == first) for row in rows))


def _known(row: Mapping[str, Any], is_right: bool) -> Known:
    """A name in the ways in which it is written: as it is, by its label in each language, and without its author's."""
    name = printable(row["answer"])
    labels = {one: row[f"label_{one}"] for one in LANGUAGES if isinstance(row.get(f"label_{one}"), str)}
    spellings = dict.fromkeys((name, *labels.values(), name.rpartition("/")[2]))
    return Known(tuple(spellings), is_right, sentences.Name(labels, name))


def _said(values: Mapping[str, Any]) -> dict[str, Value]:
    """The values as sentences take them: a year is no number, and a name may have one form for each language."""
    said: dict[str, Value] = {}
    for name, value in values.items():
        stem, _, language = name.rpartition("_")
        if language in LANGUAGES:
            names = {one: values.get(f"{stem}_{one}") for one in LANGUAGES}
            said[stem] = sentences.Name(names, str(names[LANGUAGES[0]]))
        elif name.endswith("year"):
            said[name] = str(value)
        else:
            said[name] = printable(value) if isinstance(value, str) else value
    return said
