"""Numbers as people type them: "58.2 %", "58,2%", "1.2万", "1,234", "1 234", "$5", "3 months"; anything else is no number."""

import math
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
"""Characters of an answer; what is longer is none."""
MULTIPLES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "m": 1e6,
    "million": 1e6,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "億": 1e8,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "十亿": 1e9,
    "t": 1e12,
    "trillion": 1e12,
    "万亿": 1e12,
}
UNITS = (
    *(
        "month",
        "months",
        "day",
        "days",
        "year",
        "times",
        "x",
        "gb",
        "usd",
        "dollars",
        "models",
        "tokens",
        "parameters",
        "calls",
        "cards",
    ),
    *("个月", "月", "天", "年", "倍", "美元", "个", "种", "次", "张", "页", "项", "参数", "×"),
)
"""What may stand behind a number and changes nothing."""
_NUMBER = re.compile(r"[~≈约]?\s*[$×]?\s*(?P<digits>[+-]?[\d.,'’_\s]*\d(?:e[+-]?\d{1,3})?)\s*(?P<after>.*)", re.DOTALL)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?P<mark>[,.'_ ])\d{3})(?:(?P=mark)\d{3})*")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d{1,3})?")


@dataclass(frozen=True)
class Typed:
    """A number that was typed; "1,234" can be read in two ways, which are both here, the likelier first."""

    readings: tuple[float, ...]


def read_number(text: str) -> Typed | None:
    """The number that somebody typed; None where it is not one."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip().lower())
    if found is None or len(text) > LONGEST:
        return None
    size = _size(found["after"].strip().rstrip("."))
    if size is None:
        return None
    readings = tuple(dict.fromkeys(one * size for one in _readings(found["digits"])))
    return Typed(readings) if readings and all(map(math.isfinite, readings)) else None


def _size(after: str) -> float | None:
    """What the words behind a number multiply it by; None where they are none that are known."""
    percent, rest = (0.01, after[1:].strip()) if after.startswith("%") else (1.0, after)
    for unit in ("", *UNITS):
        if rest.endswith(unit) and (multiple := MULTIPLES.get(rest.removesuffix(unit).strip())):
            return multiple * percent
    return None


def _readings(digits: str) -> list[float]:
    """One number, or two where a single mark may part thousands or decimals."""
    digits = re.sub(r"\s+", " ", digits.replace("’", "'")).strip()
    whole, found = digits, []
    head, point, tail = _last_point(digits)
    if point and _GROUPED.fullmatch(head) and point not in head:
        found.append(f"{_ungrouped(head)}.{tail}")  # 1,234.5 and 1.234,5
    if _GROUPED.fullmatch(whole):
        found.append(_ungrouped(whole))
    found.append(whole.replace(",", ".") if whole.count(",") == 1 and "." not in whole else whole)
    return [float(one) for one in dict.fromkeys(found) if _PLAIN.fullmatch(one)]


def _last_point(digits: str) -> tuple[str, str, str]:
    place = max(digits.rfind("."), digits.rfind(","))
    return (digits[:place], digits[place], digits[place + 1 :]) if place >= 0 else (digits, "", "")


def _ungrouped(digits: str) -> str:
    return re.sub(r"[,.'_ ]", "", digits)
