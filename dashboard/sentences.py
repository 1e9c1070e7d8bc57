"""Sentences as values: a key of `locales` and what fills its placeholders. `Say.write` puts them into a language, last.

A sentence can be read twice, once for its words and once for the numbers and names that it states (`stated`); neither
knows of the other's rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Value = Any
"""What fills a placeholder: one of the types below, a date (written as a day), a number (with every digit), or text as it is."""


@dataclass(frozen=True)
class Amount:
    """A number that is written in a unit of `Say.measured`; None and NaN where it is not known."""

    number: float | None
    unit: str


@dataclass(frozen=True)
class Month:
    """A date of which only the month is said."""

    moment: date | None


@dataclass(frozen=True)
class Year:
    """A date of which only the year is said."""

    moment: date


@dataclass(frozen=True)
class Words:
    """The words under `key`, whichever the language."""

    key: str


@dataclass(frozen=True)
class Label:
    """The words for a value met in the data, or the value itself where `group` has none for it."""

    group: str
    value: str


@dataclass(frozen=True)
class Name:
    """A name that the data give in each language (language to name); `otherwise` where they do not."""

    names: Mapping[str, Any] = field(compare=False)
    otherwise: str
    """Its id: two names are the same when their ids are."""


@dataclass(frozen=True)
class Listing:
    """Several things, joined as the language joins them."""

    parts: tuple[Value, ...]


@dataclass(frozen=True)
class Sentence:
    """The words under `key`, filled with `values`."""

    key: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Sentences:
    """One part directly after the other."""

    parts: tuple[Value, ...]
