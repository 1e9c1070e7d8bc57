"""Predict, then reveal: what a class guesses before it sees the figure, and what the figure then says."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.figures.facts import Facts
from dashboard.say import Say


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


@dataclass(frozen=True)
class Order:
    """A few things to put in order, the largest first."""

    labels: Callable[[Facts, Say], list[str]]
    """The things in the right order, as the figure calls them; three to six."""


@dataclass(frozen=True)
class Line:
    """The rest of a line whose beginning is given."""

    points: Callable[[Facts, Say], dict[str, float]]
    """The line from left to right: what is under each point (a year, a month), and its value; four to eight points."""
    given: int
    """How many points, from the left, the class is told."""
    unit: str = "number"


Guess = Number | Order | Line


def hits(guessed: list[str], right: list[str]) -> int:
    """How many things stand at their right place."""
    return sum(one == other for one, other in zip(guessed, right, strict=False))
