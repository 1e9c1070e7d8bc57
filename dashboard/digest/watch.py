"""The watch list: figures of the slides, and by how many per cent a number of each must move to be reported.

It is `watch.toml` in HUBSCOPE_HOME, one line a figure, and people edit it too: a change by command touches only the line
of that figure, so comments and order stay.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from dashboard.lessons import LESSONS
from dashboard.sheets import CHARTS
from warehouse.errors import WatchError
from warehouse.files import write_atomically
from warehouse.settings import Home, private

KNOWN = (*(lesson.slug for lesson in LESSONS), *(figure.key for figure in CHARTS))
"""What can be watched, under the names that `hubscope export list` gives."""
MOST = 1_000.0
HEADING = (
    "# Figures that `hubscope changes` and every run compare with an earlier snapshot, and by how much a number of each\n"
    "# must move to be reported. `hubscope export list` names all figures and lessons.\n"
)
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%?")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s#]+)")


def read_threshold(value: object) -> float:
    """Per cent from "5%", "2.5" or 5; ValueError for anything else."""
    written = _PERCENT.fullmatch(str(value).strip())
    if written is None or float(written[1]) > MOST:
        raise ValueError(f"{value!r} is not a threshold: write per cent between 0% and {MOST:.0f}%, such as 5% or 2.5%")
    return float(written[1])


def watched(home: Home) -> dict[str, float]:
    """Thresholds in per cent by figure, in the order of the file; empty without one. WatchError when it makes no sense."""
    return _parsed(_text(home), home.watch)


def watch(home: Home, figure: str, threshold: float) -> None:
    """Put a figure on the list, or give it another threshold."""
    lines = _text(home).splitlines() or HEADING.splitlines()
    wanted = watched(home) | {figure: threshold}
    value = f'= "{threshold:g}%"'
    place = _line_of(figure, lines)
    if place is None:
        # Before the first table that someone wrote by hand, since a line after its heading would belong to it.
        end = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
        lines.insert(end, f'"{figure}" {value}')
    else:
        lines[place] = _VALUE.sub(value, lines[place], count=1)
    _write(home, lines, wanted)


def unwatch(home: Home, figure: str) -> None:
    """Take a figure off the list; WatchError when it is not on it."""
    wanted = watched(home)
    if figure not in wanted:
        raise WatchError(f"{figure!r} is not watched, nothing was changed. `hubscope watch list` says what is.")
    del wanted[figure]
    lines = _text(home).splitlines()
    place = _line_of(figure, lines)
    _write(home, [line for number, line in enumerate(lines) if number != place], wanted)


def _text(home: Home) -> str:
    try:
        return home.watch.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(home.watch, error) from None


def _parsed(text: str, path: Path) -> dict[str, float]:
    try:
        return {name: read_threshold(value) for name, value in _flat(tomllib.loads(text))}
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise _unreadable(path, error) from None


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """`licences.classes = "5%"` without quotes is a table in TOML; here it is the figure all the same."""
    flat: list[tuple[str, Any]] = []
    for name, value in table.items():
        flat += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(f"{prefix}{name}", value)]
    return flat


def _line_of(figure: str, lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        try:
            if [name for name, _ in _flat(tomllib.loads(line))] == [figure]:
                return number
        except tomllib.TOMLDecodeError:  # a part of something longer
            continue
    return None


def _write(home: Home, lines: list[str], wanted: dict[str, float]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if _parsed(text, home.watch) != wanted:
        raise WatchError(
            f"{home.watch} is written in a way that only its author can change. It is as it was. Edit it by hand: one "
            'line a figure, such as "licences.classes" = "5%".'
        )
    try:
        with private(home):
            write_atomically(home.watch, text.encode())
    except OSError as error:
        raise WatchError(
            f"{home.watch} cannot be written ({error.strerror or error}). The watch list is as it was. Make room, or "
            "the folder writable for this account, or set HUBSCOPE_HOME to another."
        ) from None


def _unreadable(path: Path, error: Exception) -> WatchError:
    return WatchError(
        f"{path} cannot be read as a watch list ({error}). Nothing was changed. Correct it (one line a figure, such as "
        '"licences.classes" = "5%"), or move it away and begin anew with `hubscope watch add`.'
    )
