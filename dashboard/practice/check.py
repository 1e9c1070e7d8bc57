"""Hold an answer against what is right, and say what is wrong without saying what is right. Pure: nothing here reads a warehouse."""

import difflib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.practice.exercise import Exercise, Name, Number
from dashboard.practice.typed import LONGEST, read_number
from dashboard.sentences import Sentence, Value

NEAR, FAR = 0.1, 10.0
"""What is off by less than this part is near; by more than this factor, of another order of magnitude."""
ALIKE = 0.75


@dataclass(frozen=True)
class Known:
    """A name that may be meant, in all the ways in which it is written."""

    spellings: tuple[str, ...]
    is_right: bool
    said: Value = ""
    """The name as a sentence says it."""


@dataclass(frozen=True)
class Right:
    """What is right: a number, or names of which some are."""

    number: float = math.nan
    names: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer: `practice.verdict.<name>`."""

    name: str
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return self.name == "right"

    @property
    def sentence(self) -> Sentence:
        return Sentence(f"practice.verdict.{self.name}", self.values)


def check(exercise: Exercise, right: Right, text: str, before: Right | None = None) -> Verdict:
    """Of an answer as it was typed. `before`: what was right at the snapshot before, where there is one."""
    if not text.strip():
        return Verdict("empty")
    if len(text) > LONGEST:
        return Verdict("too_long")
    match exercise.answer:
        case Number():
            return _number(exercise.answer, right.number, text, before.number if before else math.nan)
        case Name():
            return _name(right.names, text, before.names if before else ())
    raise ValueError(f"{exercise.query} has no answer to be held against")


def _number(answer: Number, right: float, text: str, before: float) -> Verdict:
    typed = read_number(text)
    if typed is None:
        return Verdict("not_a_number")
    found = [_of_number(answer, right, reading, before) for reading in typed.readings]
    return next((verdict for verdict in found if verdict.is_right), found[0])


def _of_number(answer: Number, right: float, given: float, before: float) -> Verdict:
    def is_near(one: float, other: float) -> bool:
        return abs(one - other) <= answer.tolerance(other) * (1 + 1e-9)

    if is_near(given, right):
        return Verdict("right")
    if not math.isnan(before) and is_near(given, before):
        return Verdict("earlier")
    if answer.unit == "share" and (is_near(given / 100, right) or is_near(given * 100, right)):
        return Verdict("percent")
    if right and any(
        is_near(given * factor, right) for size in (1e3, 1e4, 1e6, 1e8, 1e9) for factor in (size, 1 / size)
    ):
        return Verdict("thousands")
    if given * right < 0:
        return Verdict("sign")
    if abs(given - right) <= NEAR * abs(right) or abs(given - right) <= 3 * answer.within:
        return Verdict("near")
    if abs(given) > FAR * abs(right) or abs(given) * FAR < abs(right):
        return Verdict("magnitude")
    return Verdict("wrong")


def _name(names: tuple[Known, ...], text: str, before: tuple[Known, ...]) -> Verdict:
    given = _folded(text)
    if found := _called(names, given):
        if any(one.is_right for one in found):
            return Verdict("right")
        if any(one.is_right for one in _called(before, given)):
            return Verdict("earlier")
        return Verdict("another_name")
    spelled = {_folded(spelling): spelling for one in names for spelling in one.spellings}
    near = difflib.get_close_matches(given, spelled, n=1, cutoff=ALIKE)
    return Verdict("did_you_mean", {"name": spelled[near[0]]}) if near else Verdict("unknown_name")


def _called(names: Iterable[Known], given: str) -> list[Known]:
    return [one for one in names if given in map(_folded, one.spellings)]


def _folded(text: str) -> str:
    """A name without what people write differently: case, width, spaces, quotes."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().strip("\"'`“”‘’「」。.")
    return " ".join(plain.replace("_", " ").replace("-", " ").split())
