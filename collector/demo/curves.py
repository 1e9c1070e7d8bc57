"""Smooth curves through published points."""

import numpy as np
from numpy.typing import ArrayLike

from collector.demo.chance import Floats


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
    return (
        y[left] * (1 + 2 * t) * (1 - t) ** 2
        + tangent[left] * w * t * (1 - t) ** 2
        + y[left + 1] * t**2 * (3 - 2 * t)
        + tangent[left + 1] * w * t**2 * (t - 1)
    )


def log_log(knots: dict[float, float], at: ArrayLike) -> Floats:
    """Straight lines between points on two logarithmic axes; level beyond the ends."""
    x, y = np.log([*knots]), np.log([*knots.values()])
    return np.exp(np.interp(np.log(at), x, y))
