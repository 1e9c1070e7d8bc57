"""Predict, then reveal: what a class guesses before it sees the figure, and what the figure then says."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.figures.facts import Facts
from dashboard.say import LANGUAGES, Say


@dataclass(frozen=True)
class Number:
    """One number on a scale."""

    value: Callable[[Facts], float]
    """The answer, in the facts' own unit: a share is between 0 and 1."""
    low: float
    high: float
    step: float
    unit: str = "number"
    """A unit of `measures.measured`: how the number is written."""

    def scale(self) -> list[float]:
        """What there is to choose from."""
        return [self.low + place * self.step for place in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True)
class Order:
    """A few things to put in order, the largest first."""

    labels: Callable[[Facts, Say], list[str]]
    """The things in the right order, as the figure calls them; three to six."""

    def offered(self, facts: Facts) -> list[int]:
        """The right places (from 0) of the things as they are offered: by name, in all languages the same."""
        names = self.labels(facts, Say(LANGUAGES[0]))
        return sorted(range(len(names)), key=names.__getitem__)


@dataclass(frozen=True)
class Line:
    """The rest of a line whose beginning is given."""

    points: Callable[[Facts, Say], dict[str, float]]
    """The line from left to right: what is under each point (a year, a month), and its value; four to eight points."""
    given: int
    """How many points, from the left, the class is told."""
    unit: str = "number"

    def scale(self, facts: Facts) -> list[float]:
        """What there is to choose from at each point that is not given."""
        return round_values(list(self.points(facts, Say(LANGUAGES[0])).values())[self.given - 1])


Guess = Number | Order | Line
Answer = float | list[int] | list[float]
"""A number; the right places (from 0) of things, in the order in which they were put; the values that follow the given ones."""


def round_values(start: float) -> list[float]:
    """What a class may say of a line: 1, 1.5, 2, 3, 5 and 7 times a power of ten, from a tenth to a thousand times `start`."""
    power = math.floor(math.log10(start)) if start > 0 else 0
    return [digit * 10.0 ** (power + more) for more in range(-1, 4) for digit in (1, 1.5, 2, 3, 5, 7)]


def hits(guessed: list[int]) -> int:
    """How many things stand at their right place; `guessed` holds the right place of each, from 0."""
    return sum(one == place for place, one in enumerate(guessed))
