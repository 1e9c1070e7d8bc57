"""The rooms that are open: which question stands on the screen, and what each phone answered. Lost when the server stops."""

import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.lessons.guess import Answer
from dashboard.room.questions import Question
from dashboard.say import LANGUAGES

LETTERS = "BCDFGHJKMNPQRTVWXZ"
"""Without vowels four of them spell nothing; without L and S none is taken for a digit."""
CODE_LENGTH = 4
MOST_ROOMS = 8
MOST_QUESTIONS = 64
MOST_PHONES = 500
MOST_FROM_ONE_ADDRESS = 250
"""A class behind one router has one address; a single one cannot fill a room."""
IDLE = 3 * 3600.0
"""Seconds after which a room in which nothing happens closes."""
PRESENT = 10.0
"""Seconds for which a phone that was heard of counts as there."""


class Refused(Exception):
    """What a phone asked for is not done. `reason` is a key of `room.refused`, `status` that of the answer."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass
class Asked:
    """A question that a room was asked, and the answers: number of the phone to what it chose."""

    question: Question
    answers: dict[int, list[int]] = field(default_factory=dict)
    is_revealed: bool = False


class Room:
    """One class and its phones. Pages' threads and the server's loop both use it."""

    def __init__(self, code: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.code = code
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: list[Asked] = []
        self._now: int | None = None
        self._version = 0
        self._phones: dict[str, int] = {}
        self._seen: dict[int, float] = {}
        self._from: Counter[str] = Counter()
        self._touched = clock()

    @property
    def is_idle(self) -> bool:
        """Whether nothing has happened for so long that the class must be over."""
        return self._clock() - self._touched > IDLE

    def show(self, question: Question | None, *, is_revealed: bool = False) -> None:
        """What the class sees now: a question, its answer, or neither. What was revealed once takes no more answers."""
        with self._lock:
            self._touched = self._clock()
            now = self._place(question, is_new=not is_revealed)
            reveals = now is not None and is_revealed and not self._asked[now].is_revealed
            if reveals and now is not None:
                self._asked[now].is_revealed = True
            if reveals or now != self._now:
                self._now = now
                self._version += 1

    def join(self, phone: str, address: str) -> int:
        """The number of a phone, from 1; `phone` is what only it knows. Refused when the room is full."""
        with self._lock:
            if phone not in self._phones:
                if len(self._phones) >= MOST_PHONES or self._from[address] >= MOST_FROM_ONE_ADDRESS:
                    raise Refused("full", 429)
                self._from[address] += 1
                self._phones[phone] = len(self._phones) + 1
            number = self._phones[phone]
            self._seen[number] = self._clock()
            return number

    def answer(self, number: int, question: int, chosen: Any) -> None:
        """Keep what a phone chose, in place of what it chose before."""
        with self._lock:
            if question != self._now or self._asked[question].is_revealed:
                raise Refused("late", 409)
            if not self._asked[question].question.accepts(chosen):
                raise Refused("no_answer", 422)
            self._asked[question].answers[number] = chosen
            self._touched = self._clock()

    def state(self, number: int, language: str, seen: int) -> dict[str, Any]:
        """What a phone shows, in its language; only the version when it has `seen` that."""
        with self._lock:
            if seen == self._version:
                return {"version": self._version}
            if self._now is None:
                return {"version": self._version, "phase": "wait"}
            asked = self._asked[self._now]
            words = asked.question.words[language]
            return {
                "version": self._version,
                "phase": "reveal" if asked.is_revealed else "ask",
                "question": self._now,
                "kind": asked.question.kind,
                "text": words.text,
                "choices": words.choices,
                "points": words.points,
                "given": words.given,
                "mine": asked.answers.get(number),
                "truth": words.truth if asked.is_revealed else None,
            }

    def counts(self) -> tuple[int, int]:
        """Phones that are there, and answers to the question on the screen."""
        with self._lock:
            there = sum(self._clock() - moment < PRESENT for moment in self._seen.values())
            return there, len(self._asked[self._now].answers) if self._now is not None else 0

    def answers(self, question: Question) -> list[Answer]:
        """What the room answered to a question; nothing if it was not asked."""
        with self._lock:
            place = self._place(question, is_new=False)
            return [] if place is None else [question.answer(one) for one in self._asked[place].answers.values()]

    def table(self) -> pd.DataFrame:
        """All answers, a row for each thing that a phone said: lesson, question, kind, phone, item, value."""
        rows: list[tuple[str | int | float, ...]] = []
        with self._lock:
            for asked in self._asked:
                words = asked.question.words[LANGUAGES[0]]
                about = (asked.question.lesson, words.text, asked.question.kind)
                for number, chosen in asked.answers.items():
                    said: list[tuple[str, float]]
                    if asked.question.kind == "order":
                        said = [(words.choices[one], place) for place, one in enumerate(chosen, start=1)]
                    else:
                        said = [
                            (point, asked.question.worth[one]) for point, one in zip(words.points, chosen, strict=True)
                        ]
                    rows += [(*about, number, *one) for one in said]
        return pd.DataFrame(rows, columns=["lesson", "question", "kind", "phone", "item", "value"])

    def _place(self, question: Question | None, *, is_new: bool) -> int | None:
        """Where a question stands among those asked; a new one is put there while there is room."""
        if question is None:
            return None
        for place, asked in enumerate(self._asked):
            if asked.question == question:
                return place
        if not is_new or len(self._asked) >= MOST_QUESTIONS:
            return None
        self._asked.append(Asked(question))
        return len(self._asked) - 1


class Rooms:
    """The rooms of this server, by their codes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, Room] = {}
        self._closed: deque[str] = deque(maxlen=200)

    def open(self) -> Room | None:
        """A new room; None when there are as many as one server holds."""
        with self._lock:
            self._close_idle()
            if len(self._open) >= MOST_ROOMS:
                return None
            code = ""
            while not code or code in self._open or code in self._closed:
                code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            self._open[code] = Room(code, self._clock)
            return self._open[code]

    def find(self, code: str) -> Room:
        """The open room of this code. Refused: it has closed, or there never was one."""
        with self._lock:
            self._close_idle()
            if code in self._open:
                return self._open[code]
            raise Refused("closed", 410) if code in self._closed else Refused("unknown", 404)

    def close(self, code: str) -> None:
        with self._lock:
            if self._open.pop(code, None):
                self._closed.append(code)

    def _close_idle(self) -> None:
        for code in [code for code, room in self._open.items() if room.is_idle]:
            del self._open[code]
            self._closed.append(code)


ROOMS = Rooms()
"""This server's."""
