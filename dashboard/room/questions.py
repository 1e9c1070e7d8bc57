"""What phones are asked, in every language, and how they answer: by the numbers of what they chose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.figures.facts import Facts
from dashboard.lessons import Lesson
from dashboard.lessons.guess import Answer, Line, Number, Order
from dashboard.say import LANGUAGES, Say


@dataclass(frozen=True)
class Worded:
    """A question in one language."""

    text: str
    choices: tuple[str, ...]
    """How each value of the scale reads; of an order, the things as they are offered."""
    points: tuple[str, ...]
    """What is to be guessed on the scale, one beside the other: those of a line that are not given."""
    given: str
    """What is told beside the question."""
    truth: tuple[str, ...]
    """What is at each place of an answer. No phone hears of it before the reveal."""


@dataclass(frozen=True)
class Question:
    """One question. An answer holds, for each place, the number of a choice."""

    lesson: str
    kind: str
    """"number", "line" or "order"."""
    worth: tuple[float, ...]
    """What each choice stands for: its value, or its right place from 0. No phone hears of it."""
    words: dict[str, Worded]

    @property
    def places(self) -> int:
        """How many choices an answer holds."""
        return len(self.words[LANGUAGES[0]].truth)

    def accepts(self, chosen: Any) -> bool:
        """Whether this, as a stranger sent it, is an answer."""
        if not isinstance(chosen, list) or len(chosen) != self.places:
            return False
        if not all(type(one) is int and 0 <= one < len(self.worth) for one in chosen):
            return False
        return self.kind != "order" or len(set(chosen)) == len(chosen)

    def answer(self, chosen: list[int]) -> Answer:
        """What was chosen, as a guess of the lesson."""
        if self.kind == "number":
            return self.worth[chosen[0]]
        if self.kind == "order":
            return [int(self.worth[one]) for one in chosen]
        return [self.worth[one] for one in chosen]


def question_of(lesson: Lesson, facts: Facts) -> Question:
    """The question of a lesson, from the facts of its figure."""
    match lesson.guess:
        case Number() as guess:
            scale = guess.scale()
            return Question(
                lesson.slug, "number", tuple(scale), _in_each(lambda say: _number(lesson, facts, say, scale))
            )
        case Line() as guess:
            scale = guess.scale(facts)
            return Question(lesson.slug, "line", tuple(scale), _in_each(lambda say: _line(lesson, facts, say, scale)))
        case Order() as guess:
            offered = guess.offered(facts)
            return Question(
                lesson.slug, "order", tuple(offered), _in_each(lambda say: _order(lesson, facts, say, offered))
            )


def _in_each(worded: Callable[[Say], Worded]) -> dict[str, Worded]:
    return {language: worded(Say(language)) for language in LANGUAGES}


def _number(lesson: Lesson, facts: Facts, say: Say, scale: list[float]) -> Worded:
    assert isinstance(lesson.guess, Number)
    unit, true = lesson.guess.unit, lesson.guess.value(facts)
    reads = tuple(say.measured(value, unit) for value in scale)
    return Worded(lesson.question(facts, say), reads, ("",), "", (say.measured(true, unit),))


def _line(lesson: Lesson, facts: Facts, say: Say, scale: list[float]) -> Worded:
    assert isinstance(lesson.guess, Line)
    guess, points = lesson.guess, lesson.guess.points(facts, say)
    reads = tuple(say.measured(value, guess.unit) for value in scale)
    told = [(name, say.measured(value, guess.unit)) for name, value in points.items()]
    given = " · ".join(f"{name}: {value}" for name, value in told[: guess.given])
    asked = told[guess.given :]
    return Worded(
        lesson.question(facts, say), reads, tuple(name for name, _ in asked), given, tuple(value for _, value in asked)
    )


def _order(lesson: Lesson, facts: Facts, say: Say, offered: list[int]) -> Worded:
    assert isinstance(lesson.guess, Order)
    labels = lesson.guess.labels(facts, say)
    return Worded(
        lesson.question(facts, say),
        tuple(labels[place] for place in offered),
        (),
        say("course.guess.order_how"),
        tuple(labels),
    )
