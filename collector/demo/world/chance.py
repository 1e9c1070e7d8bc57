"""Chance that can be asked for again: each draw is a hash of (seed, what, row). At the end, curves through given points.

So a repository is the same whatever the size of the world, the order of asking or the pages already shown, and no draw
has to be kept in memory.
"""

import csv
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15  # splitmix64 (Steele, Lea, Flood 2014)


def bits(seed: int, what: str, rows: Ints) -> NDArray[np.uint64]:
    """64 random bits for each row."""
    start = (seed * 0xD1342543DE82EF95 + zlib.crc32(what.encode()) * _GOLDEN) & _MASK
    z = (rows.astype(np.uint64) + np.uint64(1)) * np.uint64(_GOLDEN) + np.uint64(start)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(seed: int, what: str, rows: Ints) -> Floats:
    """In (0, 1), never an end, so that logarithms are safe."""
    return ((bits(seed, what, rows) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def normal(seed: int, what: str, rows: Ints) -> Floats:
    """Standard normal (Box and Muller)."""
    radius = np.sqrt(-2.0 * np.log(uniform(seed, what + " radius", rows)))
    return radius * np.cos(2.0 * np.pi * uniform(seed, what + " angle", rows))


def choose(draws: Floats, shares: Floats) -> Ints:
    """The index of a share for each draw in (0, 1); shares need not add up to 1."""
    edges = np.cumsum(shares)
    places = np.searchsorted(edges, draws * edges[-1], side="right")
    return np.asarray(np.minimum(places, len(shares) - 1), dtype=np.int64)


class Mix:
    """Named shares, some of which hold only since a date: licences and tasks that did not exist before."""

    def __init__(self, names: list[str], shares: list[float], since: list[int | None] | None = None) -> None:
        self.names = names
        self.shares = np.array(shares) / sum(shares)
        self._since = since or [None] * len(names)

    def codes(self, names: list[str]) -> Ints:
        """Positions of names in the mix; a name that is not in it is an error of ours."""
        return np.array([self.names.index(name) for name in names], dtype=np.int64)

    def draw(self, draws: Floats, created: Ints, shares: Floats, reference: Ints) -> Ints:
        """One name's position per row, so that the `shares` hold over rows created at `reference` times.

        A name with a date is drawn only after it, and more often, so that its overall share is met.
        """
        starts = sorted({start for start in self._since if start is not None})
        if not starts:
            return choose(draws, shares)
        shares = shares / shares.sum()
        edges = np.array(starts)
        weights = np.bincount(np.searchsorted(edges, reference, side="right"), minlength=len(starts) + 1) / len(
            reference
        )
        era = np.searchsorted(edges, created, side="right")
        first_era = np.array([0 if start is None else 1 + starts.index(start) for start in self._since])
        chosen = np.zeros(len(draws), dtype=np.int64)
        for number in range(len(starts) + 1):
            rows = era == number
            later = np.maximum(np.array([weights[first:].sum() for first in first_era]), 1e-9)
            dated = np.where((first_era > 0) & (first_era <= number), np.minimum(shares / later, 0.9), 0.0)
            lasting = np.where(first_era == 0, shares, 0.0)
            rest = max(0.0, 1.0 - dated.sum())
            chosen[rows] = choose(draws[rows], dated + rest * lasting / lasting.sum())
        return chosen


def left_over(shares: Floats, taken: Ints, total: float) -> Floats:
    """What remains to be drawn so that `shares` of `total` are met when `taken` positions are given already."""
    held = np.bincount(taken, minlength=len(shares))[: len(shares)]
    rest = np.maximum(shares / shares.sum() * total - held, 0.0)
    return rest if rest.sum() > 0 else shares


@cache
def mix(name: str) -> Mix:
    """A mix of mixes.csv."""
    with (Path(__file__).parent / "mixes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mix"] == name]
    since = [seconds(date.fromisoformat(row["since"])) if row["since"] else None for row in rows]
    return Mix([row["name"] for row in rows], [float(row["share"]) for row in rows], since)


def seconds(day: date) -> int:
    """Midnight UTC of a day, in Unix seconds."""
    return (day - date(1970, 1, 1)).days * 86_400


def through(x: ArrayLike, y: ArrayLike, at: ArrayLike) -> Floats:
    """Through every point, never overshooting between two (Fritsch and Butland 1984); level beyond the ends."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    width, slope = np.diff(x), np.diff(y) / np.diff(x)
    before, after = width[1:] + 2 * width[:-1], 2 * width[1:] + width[:-1]
    with np.errstate(divide="ignore"):
        inner = (before + after) / (before / slope[:-1] + after / slope[1:])
    tangent = np.concatenate([slope[:1], inner, slope[-1:]])
    at = np.clip(at, x[0], x[-1])
    left = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    t, w = (at - x[left]) / width[left], width[left]
    curve: Floats = (
        y[left] * (1 + 2 * t) * (1 - t) ** 2
        + tangent[left] * w * t * (1 - t) ** 2
        + y[left + 1] * t**2 * (3 - 2 * t)
        + tangent[left + 1] * w * t**2 * (t - 1)
    )
    return curve


def log_log(knots: dict[float, float], at: ArrayLike) -> Floats:
    """Straight lines between points on two logarithmic axes; level beyond the ends."""
    x, y = np.log([*knots]), np.log([*knots.values()])
    return np.exp(np.interp(np.log(at), x, y))
