"""A hand-in: the answers of one reader to the exercises of a lesson, with the build and snapshots they were checked against.

Its hash shows whether it was changed after it was made. It is no signature: who knows how it is made can make one, so an instructor
lets the answers be checked again (`verified`), against the same snapshots.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.choices import COVERAGES, Choices, read_pin, write_pin
from dashboard.figures.facts import NothingToShow
from dashboard.practice.check import check
from dashboard.practice.exercise import Exercise
from dashboard.practice.exercises import PRACTICE
from dashboard.practice.keys import Key, read_key
from dashboard.practice.typed import LONGEST
from dashboard.printable import printable
from dashboard.say import Say
from dashboard.sentences import Sentence
from warehouse.errors import HandInError
from warehouse.manifest import software_version
from warehouse.read import Warehouse

LONGEST_LINK = 4_000
LONGEST_FILE = 100_000
"""Bytes of a file; what is longer is no hand-in."""
BROKEN = "This is no hand-in, or it was cut off."


@dataclass(frozen=True)
class Answered:
    """One answer as it was typed, and what it was checked against."""

    exercise: Exercise
    text: str
    snapshot_at: datetime | None
    coverage: str | None


@dataclass(frozen=True)
class HandIn:
    """A hand-in as it was read; nothing in it is believed but its hash."""

    lesson: str
    build_id: str
    is_unchanged: bool
    answers: tuple[Answered, ...]

    @property
    def newest_at(self) -> datetime | None:
        """The newest snapshot that an answer is of."""
        return max((one.snapshot_at for one in self.answers if one.snapshot_at), default=None)


@dataclass(frozen=True)
class Verified:
    """What this home says of a hand-in: `practice.hand_in.<state>`."""

    state: str
    hand_in: HandIn
    verdicts: tuple[str | None, ...] = ()
    """Of each answer; None where the snapshot is not here."""

    @property
    def holds(self) -> bool:
        """Whether it is unchanged and was checked again."""
        return self.state in ("holds", "other_build")

    @property
    def sentence(self) -> Sentence:
        right = sum(verdict == "right" for verdict in self.verdicts)
        values = {
            "build": self.hand_in.build_id,
            "date": self.hand_in.newest_at,
            "right": right,
            "of": len(self.verdicts),
        }
        return Sentence(f"practice.hand_in.{self.state}", values)

    def lines(self, say: Say) -> list[str]:
        """One for each answer."""
        return [
            say(
                "practice.hand_in.line",
                part=say(f"practice.parts.{one.exercise.part}"),
                answer=printable(one.text),
                verdict=say(f"practice.verdict.{verdict}", name="…") if verdict else say("ui.unknown"),
            )
            for one, verdict in zip(self.hand_in.answers, self.verdicts, strict=True)
        ]


def sealed(warehouse: Warehouse, slug: str, answers: Iterable[tuple[Key, str]]) -> bytes:
    """The hand-in of a lesson as a file: JSON that ends in the hash of the rest."""
    made: dict[str, Any] = {
        "hubscope": software_version(),
        "build": warehouse.build_id,
        "is_simulated": warehouse.is_simulated,
        "lesson": slug,
        "answers": [
            {
                "exercise": key.exercise.part,
                "answer": text,
                "verdict": check(key.exercise, key.right, text).name,
                "coverage": key.snapshot.coverage if key.snapshot else None,
                "snapshot": write_pin(key.snapshot.snapshot_at) if key.snapshot else None,
            }
            for key, text in answers
        ],
    }
    return _canonical({**made, "sha256": _hash(made)})


def as_text(content: bytes) -> str:
    """The file as a link can carry it."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def read_hand_in(given: str | bytes) -> HandIn:
    """From a file, from what a link carries, or from the link. HandInError when it is none."""
    try:
        made = json.loads(given if isinstance(given, bytes) else _carried(given))
        stated = made.pop("sha256")
        return HandIn(
            made["lesson"],
            printable(str(made["build"])[:100]),
            stated == _hash(made),
            tuple(_answered(made["lesson"], one) for one in made["answers"][:10]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HandInError(BROKEN) from None


def verified(warehouse: Warehouse, hand_in: HandIn) -> Verified:
    """The answers checked once more, each at the snapshot that it names."""
    if not hand_in.is_unchanged:
        return Verified("changed", hand_in)
    verdicts = tuple(_again(warehouse, one) for one in hand_in.answers)
    if None in verdicts:
        return Verified("unknown_snapshot", hand_in, verdicts)
    return Verified("holds" if hand_in.build_id == warehouse.build_id else "other_build", hand_in, verdicts)


def _again(warehouse: Warehouse, one: Answered) -> str | None:
    try:
        key = read_key(warehouse, Choices(coverage=one.coverage, as_of=one.snapshot_at), one.exercise)
    except NothingToShow:
        return None
    found = key.snapshot.snapshot_at if key.snapshot else None
    return check(one.exercise, key.right, one.text).name if found == one.snapshot_at else None


def _answered(slug: str, one: dict[str, Any]) -> Answered:
    exercise = next((known for known in PRACTICE[slug] if known.part == one["exercise"] and known.is_checked), None)
    if exercise is None:
        raise ValueError(one["exercise"])
    coverage = one["coverage"] if one["coverage"] in COVERAGES else None
    return Answered(exercise, str(one["answer"])[: LONGEST + 1], read_pin(one["snapshot"]), coverage)


def _carried(text: str) -> bytes:
    """What a link or its last part carries."""
    carried = text.strip()[: 2 * LONGEST_LINK].rpartition("done=")[2].partition("&")[0]
    return base64.urlsafe_b64decode(carried + "=" * (-len(carried) % 4))


def _hash(made: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(made)).hexdigest()


def _canonical(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
