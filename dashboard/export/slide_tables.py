"""A table for slides: which columns, how wide, and which rows stand on which slide."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.text_fit import LINE_HEIGHT, cut, ems, line_count

LONGEST_CELL = 140
"""Characters of a cell; what is longer ends in "…". The CSV and the page have all of it."""
MOST_COLUMNS = 8
SIZES = (18, 17, 16, 15, 14, 13, 12, 11)
"""Of the type, in points; the first in which a table fits one slide. What needs several is set in 13."""
_PADDING = 8, 7  # points that a cell's margins take, across and down


class SlideTable(NamedTuple):
    """A table as it stands on slides."""

    slides: list[list[list[str]]]
    """For each slide its rows, the headings first."""
    widths: list[float]
    size: float
    """Of the type, in points."""
    row_count: int
    column_count: int
    """How many are shown."""


def lay_out(
    rows: pd.DataFrame, width: float, height: float, *, most_rows: int | None = None, longest_cell: int = LONGEST_CELL
) -> SlideTable:
    """Split a table over as few slides as its type of 18 to 11 points needs.

    rows: every cell text. Columns after the eighth and rows after `most_rows` are left out, which the caller says.
    """
    shown = rows.iloc[:most_rows, :MOST_COLUMNS]
    cells = [[cut(str(cell).replace("\n", " "), longest_cell) for cell in row] for row in shown.to_numpy().tolist()]
    headings = [cut(str(heading), LONGEST_CELL) for heading in shown.columns]

    def at(size: float) -> SlideTable:
        widths = _widths(headings, cells, width, size)
        return SlideTable(_paged(headings, cells, widths, size, height), widths, size, len(cells), len(headings))

    on_one_slide = (laid for laid in map(at, SIZES) if len(laid.slides) == 1)
    return next(on_one_slide, None) or at(13)


def on_one_screen(rows: pd.DataFrame, width: float, height: float, sizes: Sequence[int]) -> tuple[int, int]:
    """The first of `sizes` (the largest first) in which the whole table fits one screen, else the last; and how many rows fit."""
    cells = rows.to_numpy().tolist()
    headings = list(rows.columns)
    for size in sizes:
        screens = _paged(headings, cells, _widths(headings, cells, width, size), size, height)
        if len(screens) == 1:
            break
    return size, len(screens[0]) - 1


def _widths(headings: Sequence[str], cells: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """Every column as wide as its longest word; what is left over goes to those whose text would otherwise wrap."""
    columns = list(zip(headings, *cells, strict=True))
    least = [min(max(ems(word) for text in column for word in text.split() or [""]), 14) for column in columns]
    least = [ems_wide * size + _PADDING[0] for ems_wide in least]
    if sum(least) >= width:
        return [one * width / sum(least) for one in least]
    wanted = [min(max(map(ems, column)), 32) * size + _PADDING[0] for column in columns]
    lacking = [max(want - one, 0.0) for want, one in zip(wanted, least, strict=True)]
    spare = width - sum(least)
    share = min(1.0, spare / sum(lacking)) if sum(lacking) else 0.0
    filled = [one + lack * share for one, lack in zip(least, lacking, strict=True)]
    return [one * width / sum(filled) for one in filled]


def _paged(
    headings: list[str], cells: list[list[str]], widths: list[float], size: float, height: float
) -> list[list[list[str]]]:
    top = _height(headings, widths, size)
    slides: list[list[list[str]]] = []
    used = height + 1
    for row in cells:
        needed = _height(row, widths, size)
        if used + needed > height:
            slides.append([headings])
            used = top
        slides[-1].append(row)
        used += needed
    return slides or [[headings]]


def _height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    across, down = _PADDING
    lines = max(line_count(cell, width - across, size) for cell, width in zip(row, widths, strict=True))
    return lines * size * LINE_HEIGHT + down
