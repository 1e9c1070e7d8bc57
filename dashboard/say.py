"""Words, numbers and dates in the reader's language.

Words stand in `locales/<language>/<section>.toml`; a key is `section.path.to.word`. Both languages hold the same keys
and placeholders (a test compares them), so no code ever asks which language it is: how a language writes numbers and
dates is data too (`ui.toml`, `[formats]`).
"""

import tomllib
from datetime import date
from functools import cache
from numbers import Real
from pathlib import Path
from string import Formatter
from typing import Any

from dashboard.sentences import Amount, Label, Listing, Month, Name, Sentence, Sentences, Value, Words, Year

LANGUAGES = ("en", "zh")
Number = Any  # a number, or any of the ways in which pandas says that there is none
Day = date | None  # datetimes and pandas timestamps are dates too
LOCALES = Path(__file__).parent / "locales"


@cache
def words(language: str, section: str) -> dict[str, str]:
    """All words of one section, keys flattened with dots; empty when the section has no file."""
    path = LOCALES / language / f"{section}.toml"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in table.items():
        flat += _flatten(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", value)]
    return flat


def _filled(text: str, values: dict[str, object]) -> str:
    """The text with its `{placeholders}` filled. Between two Chinese characters stands no space, which the text may have for figures."""
    said = ""
    for words_before, name, _, _ in Formatter().parse(text):
        said = _joined(said, words_before)
        if name is not None:
            said = _joined(said, str(values[name]))
    return said


def _joined(before: str, after: str) -> str:
    if before.endswith(" ") and before[-2:-1] > "\u2e7f" and after[:1] > "\u2e7f":
        return before[:-1] + after
    if after.startswith(" ") and before[-1:] > "\u2e7f" and after[1:2] > "\u2e7f":
        return before + after[1:]
    return before + after


class Say:
    """One language: `say("growth.lead")` is a sentence, `say.number(1234)` is "1,234"."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language!r}")
        self.language = language

    def __call__(self, key: str, /, **values: object) -> str:
        """The words under `key` with `{placeholders}` filled; KeyError when nobody wrote them."""
        section, _, path = key.partition(".")
        text = words(self.language, section).get(path)
        if text is None:
            raise KeyError(f"locales/{self.language}/{section}.toml has no {path!r}")
        return _filled(text, values) if values else text

    def knows(self, key: str) -> bool:
        """Whether there are words under `key`."""
        section, _, path = key.partition(".")
        return path in words(self.language, section)

    def several(self, key: str) -> list[str]:
        """All sentences under `key`, numbered from 1."""
        sentences: list[str] = []
        while self.knows(f"{key}.{len(sentences) + 1}"):
            sentences.append(self(f"{key}.{len(sentences) + 1}"))
        return sentences

    def label(self, group: str, value: object) -> str:
        """The words for a value met in the data (`say.label("ui.kind", "model")`), or the value itself."""
        return self(f"{group}.{value}") if self.knows(f"{group}.{value}") else str(value)

    def column(self, name: str) -> str:
        """The heading of a table column, or its own name."""
        return self.label("columns", name)

    def number(self, value: Number, decimals: int = 0) -> str:
        """Every digit: "1,234,567". Unknown is said, never written as 0."""
        return self("ui.unknown") if _is_unknown(value) else f"{value:,.{decimals}f}"

    def short(self, value: Number) -> str:
        """Three digits and a unit of the language: "2.16M", "216万"."""
        if _is_unknown(value):
            return self("ui.unknown")
        for size, unit in self.units():
            if abs(value) >= size:
                return f"{_three_digits(value / size)}{unit}"
        return f"{value:,.0f}" if float(value).is_integer() else _three_digits(value)

    def share(self, value: Number) -> str:
        """A fraction of 1 as per cent: 0.1234 is "12.3%"; what is less than a tenth of a per cent says so."""
        if _is_unknown(value):
            return self("ui.unknown")
        return "<0.1%" if 0 < value < 0.001 else f"{value:.1%}"

    def date(self, value: Day) -> str:
        """A day (UTC): "24 Nov 2026", "2026年11月24日"."""
        return self._dated("date", value)

    def moment(self, value: Day) -> str:
        """A day and minute, said to be UTC."""
        return self._dated("moment", value)

    def month(self, value: Day) -> str:
        """A calendar month: "Nov 2026", "2026年11月"."""
        return self._dated("month", value)

    def days(self, value: Number) -> str:
        """A length of time in days, with one decimal only where it matters."""
        if _is_unknown(value):
            return self("ui.unknown")
        return self("ui.days", n=self.number(value, 0 if value >= 10 or float(value).is_integer() else 1))

    def listing(self, parts: list[str]) -> str:
        """Several things in one sentence, joined as the language joins them."""
        return self("ui.formats.comma").join(parts)

    def write(self, value: Value) -> str:
        """A sentence, or a value within one, in this language."""
        match value:
            case Sentence(key, values):
                return self(key, **{name: self.write(one) for name, one in values.items()})
            case Sentences(parts):
                return "".join(map(self.write, parts))
            case Amount(number, unit):
                return self.measured(number, unit)
            case Words(key):
                return self(key)
            case Label(group, named):
                return self.label(group, named)
            case Name(names, otherwise):
                name = names.get(self.language)
                return otherwise if _is_unknown(name) else str(name)
            case Listing(parts):
                return self.listing(list(map(self.write, parts)))
            case Month(moment):
                return self.month(moment)
            case Year(moment):
                return f"{moment:%Y}"
            case str():
                return value
            case Real():
                return self.number(value)
            case _:
                return self.date(value)

    def placeholders(self, key: str) -> set[str]:
        """What the words under `key` are filled with."""
        return {name for _, name, _, _ in Formatter().parse(self(key)) if name}

    def measured(self, value: Number, unit: str) -> str:
        """A value in words; unknown is said.

        Units: number (every digit), short (three digits), share (a fraction of 1), change (a relative change), points (a
        difference of shares), days, months, gini (between 0 and 1), factor (so many times), usd (dollars per million
        tokens), parameters, gb, tokens, tons, year, hhi, score and ratio (with one and two decimals).
        """
        if _is_unknown(value):
            return self("ui.unknown")
        match unit:
            case "number":
                return self.number(value, 0 if float(value).is_integer() else 2)
            case "short" | "parameters" | "tokens":
                return self.short(value)
            case "share":
                return self.share(value)
            case "change":
                return f"{value:+.1%}"
            case "points":
                return self("measures.points", n=f"{value * 100:+.1f}")
            case "days":
                return self.days(value)
            case "usd":
                return self("measures.usd", n=f"{value:,.2f}" if value >= 0.1 else f"{value:.2g}")
            case "gb" if 0 < value < 0.05:
                return self("measures.gb", n="<0.1")
            case "factor" if value <= 1:
                return self("measures.factor_down", n=self.number(value, 0 if value == 1 else 2 if value < 0.1 else 1))
            case "gini":
                return f"{value:.3f}"
            case "hhi":
                return f"{value:.4f}"
            case "score":
                return self.number(value, 1)
            case "ratio":
                return self.number(value, 2)
            case "year":
                return f"{value:.0f}"
            case _:
                return self(
                    f"measures.{unit}", n=self.number(value, 0 if value >= 100 or float(value).is_integer() else 1)
                )

    def axis_numbers(self, unit: str = "") -> str:
        """A Vega expression that writes axis numbers with the language's own units (1M, 100万)."""
        expression = "format(datum.value, ',')"
        for size, name in reversed(self.units()):
            expression = (
                f"abs(datum.value) >= {size:g} ? format(datum.value / {size:g}, '~g') + '{name}' : {expression}"
            )
        return f"({expression}) + '{unit}'" if unit else expression

    def axis_times(self) -> str:
        """A Vega expression that writes time axes by the length of what is drawn: months, days, or hours of a day."""
        month, day, hour = (self(f"ui.formats.axis_{unit}") for unit in ("month", "day", "hour"))
        days = "span(domain('x')) / 864e5"
        return f"timeFormat(datum.value, {days} > 120 ? '{month}' : {days} > 3 ? '{day}' : '{hour}')"

    def vega_locale(self) -> dict[str, Any]:
        """Month and day names for Vega's time axes."""
        months = self("ui.formats.months").split()
        days = self("ui.formats.weekdays").split()
        return {
            "time": {
                "dateTime": "%x %X",
                "date": "%Y-%m-%d",
                "time": "%H:%M",
                "periods": ["AM", "PM"],
                "days": days,
                "shortDays": days,
                "months": months,
                "shortMonths": months,
            }
        }

    def units(self) -> list[tuple[float, str]]:
        """Size and name of each unit in which large numbers are written, the largest first."""
        pairs = (pair.split("=") for pair in self("ui.formats.units").split())
        return [(float(size), unit) for size, unit in pairs]

    def _dated(self, form: str, value: Day) -> str:
        if _is_unknown(value):
            return self("ui.unknown")
        from pandas import Timestamp

        moment = Timestamp(value)
        month = self("ui.formats.months").split()[moment.month - 1]
        return self(f"ui.formats.{form}", year=moment.year, month=month, day=moment.day, time=f"{moment:%H:%M}")


def _is_unknown(value: object) -> bool:
    from pandas import isna  # here, for the commands that only want to know which languages there are

    return value is None or bool(isna(value))


def _three_digits(value: float) -> str:
    size = abs(value)
    text = f"{value:.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
