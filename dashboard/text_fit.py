"""How much room text takes, estimated: slides are opened with whatever fonts are there, so the estimate is generous."""

import re
from functools import cache
from itertools import pairwise
from unicodedata import east_asian_width

LINE_HEIGHT = 1.4  # of the type size: what Chinese fonts take, Latin ones take less
_WIDE, _NARROW = 1.0, 0.56  # ems of a Chinese and of a Latin character, with some to spare
_BETWEEN = 0.25
_PIECES = re.compile(r"[\u2e80-\uffef][）】》」』。，、；：！？…]*|[^\s\u2e80-\uffef]+\s*|\s+")
ELLIPSIS = "…"


@cache
def ems(text: str) -> float:
    """The width of one line, with the space that programs set between Chinese and Latin characters."""
    wide = [east_asian_width(sign) in "WF" for sign in text]
    turns = sum(one != other for one, other in pairwise(wide))
    signs = sum(_WIDE if is_wide or sign in "MWmw%@" else _NARROW for sign, is_wide in zip(text, wide, strict=True))
    return signs + _BETWEEN * turns


def line_count(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a box `width` points wide, in type of `size` points."""
    room = max(width / size, 1.0)
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


def lines(text: str, room: float) -> list[str]:
    """The text in lines of at most `room` ems; a longer word has a line of its own."""
    found = [""]
    for piece in _PIECES.findall(text):
        if found[-1] and ems(found[-1] + piece.rstrip()) > room:
            found.append("")
        found[-1] += piece
    return [line.rstrip() for line in found]


def fitted(text: str, width: float, height: float, *, largest: float, smallest: float) -> tuple[str, float]:
    """The text and the largest type, down to `smallest`, in which it fits a box (points); cut with "…" if none does."""
    size = largest
    while size > smallest and not _fits(text, width, height, size):
        size -= 1
    if _fits(text, width, height, size):
        return text, size
    kept, dropped = 0, len(text)
    while dropped - kept > 1:  # the longest beginning that fits
        middle = (kept + dropped) // 2
        if _fits(text[:middle] + ELLIPSIS, width, height, size):
            kept = middle
        else:
            dropped = middle
    return text[:kept].rstrip() + ELLIPSIS, size


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, the last of them "…" when something was left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def _fits(text: str, width: float, height: float, size: float) -> bool:
    return line_count(text, width, size) * size * LINE_HEIGHT <= height


def _lines_of(paragraph: str, room: float) -> int:
    """Lines filled greedily: Chinese breaks between any two characters, other text between words; long words are cut."""
    lines, used = 1, 0.0
    for piece in _PIECES.findall(paragraph):
        size = ems(piece.rstrip())
        if used + size <= room:
            used += ems(piece)
        elif size <= room:
            lines, used = lines + 1, ems(piece)
        else:
            whole = int((used + size) // room)
            lines, used = lines + whole, (used + size) % room
    return lines
