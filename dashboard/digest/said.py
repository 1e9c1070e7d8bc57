"""What a figure says in words, and the numbers and names in it: its title, its counts, and the sentence of its lesson."""

import re
from dataclasses import dataclass

from dashboard.captions import counts
from dashboard.export.exhibit import Exhibit
from dashboard.lessons import Lesson
from dashboard.say import Say

_NUMBER = re.compile(r"([+-]?[0-9,]+(?:\.[0-9]+)?)([kMB%]?)")
_UNITS = {"": 1.0, "%": 0.01, "k": 1e3, "M": 1e6, "B": 1e9}
_READ_IN = "en"
"""The language whose numbers are read back; both say the same ones (a test compares their placeholders)."""


class Listening(Say):
    """Says what `Say` says, and remembers what stood in the place of each placeholder."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._heard: dict[str, tuple[str, dict[str, str]]] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        text = super().__call__(key, **values)
        if values:
            template = super().__call__(key)
            said = {name: str(value) for name, value in values.items() if f"{{{name}}}" in template}
            self._heard[text] = (key, said)
        return text

    def values(self, text: str) -> dict[str, tuple[str, str]]:
        """The numbers and names in a text that was said, by placeholder, each with its unit and without.

        Those of a sentence within it are included; dates are not, since that they move is no news.
        """
        found: dict[str, tuple[str, str]] = {}
        for name, value in self._heard.get(text, ("", {}))[1].items():
            key, within = self._heard.get(value, ("", {})) if value != text else ("", {})
            if key.startswith("ui.formats."):
                continue
            if not within:
                found[name] = (value, value)
            elif key.startswith(("measures.", "ui.")) and len(within) == 1:
                found[name] = (value, next(iter(within.values())))
            else:
                found |= {f"{name}.{inner}": both for inner, both in self.values(value).items()}
        return found


@dataclass(frozen=True)
class Value:
    """One number or name that a figure states."""

    words: str
    """As it is written in the reader's language."""
    number: float | None
    """None for a name, and for a number that is not known or only bounded."""
    is_name: bool


@dataclass(frozen=True)
class Said:
    """What a figure says of one snapshot."""

    text: str
    values: dict[str, Value]
    """By where it stands: "see.share"."""


def what_it_says(exhibit: Exhibit, lesson: Lesson | None, language: str) -> Said:
    """The words of a figure in one language, with the numbers in them to the digits that the words give."""
    text, words = _heard(exhibit, lesson, language)
    _, read = _heard(exhibit, lesson, _READ_IN)
    unknown = Say(_READ_IN)("ui.unknown")
    return Said(text, {place: _value(words.get(place, both)[0], both[1], unknown) for place, both in read.items()})


def _heard(exhibit: Exhibit, lesson: Lesson | None, language: str) -> tuple[str, dict[str, tuple[str, str]]]:
    say = Listening(language)
    parts = {"title": exhibit.title(say)}
    if lesson is not None:
        parts["see"] = lesson.see(exhibit.facts, say)
    parts |= counts(say, exhibit.facts) or _size(exhibit, say)
    values = {f"{part}.{name}": both for part, text in parts.items() for name, both in say.values(text).items()}
    values.pop("title.days", None)  # how far apart two snapshots are is nothing that the figure measures
    return " · ".join(parts.values()), values


def _size(exhibit: Exhibit, say: Say) -> dict[str, str]:
    """How long the list is that the figure is of, where its caption counts nothing and the list is of models or repositories."""
    snapshot = exhibit.facts.snapshot
    if snapshot is None or not say.knows(f"ui.noun.{snapshot.kind}"):
        return {}
    kind = say(f"ui.noun.{snapshot.kind}")
    return {"listed": say("changes.digest.listed", n=say.number(snapshot.repository_count), kind=kind)}


def _value(words: str, read: str, unknown: str) -> Value:
    number = _NUMBER.fullmatch(read)
    if number is None:
        return Value(words, None, is_name=read != unknown and not read.startswith("<"))
    return Value(words, float(number[1].replace(",", "")) * _UNITS[number[2]], is_name=False)
