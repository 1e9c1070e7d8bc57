"""What a teacher has in the notes: how long each block of a lesson takes, and what is right in the exercises."""

from collections.abc import Iterable

from dashboard.practice.exercise import MINUTES, Number
from dashboard.practice.keys import Key, Unasked
from dashboard.printable import printable
from dashboard.say import Say

BLOCKS = {
    "points": 10,
    "guess": 5,
    "figure": 10,
    "table": 10,
    "practice": sum(MINUTES.values()),
    "questions": 15,
}
"""Of a lesson, in their order, with the minutes of each."""


def teachers_notes(asked: Iterable[Key | Unasked], say: Say) -> list[str]:
    """The minutes in one line, then one line for each exercise."""
    blocks = [
        say("practice.of_block", block=say(f"practice.blocks.{name}"), minutes=said_minutes(n, say))
        for name, n in BLOCKS.items()
    ]
    minutes = say("practice.of_block", block=say("practice.blocks.title"), minutes=say.listing(blocks))
    return [minutes, say("practice.answers"), *(answer_line(one, say) for one in asked)]


def exercise_line(key: Key, say: Say) -> str:
    """Part, minutes and question in one line."""
    part = key.exercise.part
    heading = say("practice.heading", part=say(f"practice.parts.{part}"), minutes=said_minutes(MINUTES[part], say))
    return printable(say("practice.of_block", block=heading, minutes=say.write(key.question)))


def answer_line(one: Key | Unasked, say: Say) -> str:
    """Part and answer in words, or why it is not asked."""
    told = say("practice.not_asked", why=one.why(say)) if isinstance(one, Unasked) else right_answer(one, say)
    return printable(say("practice.of_block", block=say(f"practice.parts.{one.exercise.part}"), minutes=told))


def right_answer(key: Key, say: Say) -> str:
    """What is right, with how far from it one may be."""
    answer, right = key.exercise.answer, key.right.number
    if not isinstance(answer, Number) or not (answer.within or answer.part):
        return key.answer(say)
    unit = answer.unit if answer.unit in ("share", "gb") else "short" if abs(right) >= 1_000 else "number"
    return say(
        "practice.tolerance", answer=key.answer(say), tolerance=say.measured(round(answer.tolerance(right), 4), unit)
    )


def said_minutes(n: int, say: Say) -> str:
    """A length of time in class."""
    return say("practice.minutes", n=n)
