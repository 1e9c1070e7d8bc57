"""The axes of a finished picture, for a chart that programs for slides draw: order, ends, and how numbers are written."""

import math
from typing import Any

from dashboard.export import number_formats
from dashboard.say import Say

PERCENT = {"%": "0%", ".0%": "0%", ".1%": "0.0%", ".1~%": "0.0%"}


class NotPlainError(Exception):
    """The picture has something that a program for slides would draw otherwise, or not at all."""


def in_order(along: dict[str, Any], met: list[Any]) -> list[str]:
    """Categories in the order in which the picture has them."""
    here = list(dict.fromkeys(map(str, met)))
    order = (along.get("scale") or {}).get("domain", along.get("sort", "ascending"))
    if isinstance(order, list):
        return [str(one) for one in order if str(one) in here] + [one for one in here if one not in map(str, order)]
    if order is None:
        return here
    if order != "ascending":
        raise NotPlainError
    return sorted(here)


def ends(value: dict[str, Any], numbers: list[float]) -> tuple[float, float]:
    """Where the axis begins and ends: as the picture says, else at zero and a round number."""
    scale = value.get("scale") or {}
    if "domain" in scale:
        least, most = scale["domain"]
        return float(least), float(most)
    least, most = (min(numbers), max(numbers)) if scale.get("zero") is False else (min(0, *numbers), max(0, *numbers))
    every = step(most - least)
    return every * (least // every), -every * (-most // every)


def step(span: float) -> float:
    """A round distance between the numbers of an axis: four to six of them."""
    size = 10.0 ** math.floor(math.log10(span / 5))
    return next(size * one for one in (1, 2, 5, 10) if span / (size * one) <= 6)


def title(axis: dict[str, Any]) -> str:
    """What stands along an axis; empty where the picture says nothing."""
    return str(axis.get("title") or "") if "title" in axis else str(axis["field"])


def value_format(value: dict[str, Any], most: float, every: float, say: Say) -> str:
    """How the numbers of an axis are written. NotPlainError for a way that no such format has."""
    axis = value.get("axis") or {}
    if axis.get("labelExpr") == say.axis_numbers():
        return number_formats.of_axis(say.units(), most, every)
    if "labelExpr" in axis or ("axis" in value and value["axis"] is None):
        raise NotPlainError
    return PERCENT[axis["format"]] if "format" in axis else number_formats.GENERAL


def time_format(along: dict[str, Any], days: list[Any], say: Say) -> str:
    """As the picture writes its time axis: months on long ones, days on short ones."""
    if (along.get("axis") or {}).keys() & {"labelExpr", "format"}:
        raise NotPlainError
    unit = "month" if (days[-1] - days[0]).days > 120 else "day"
    return number_formats.of_times(say(f"ui.formats.axis_{unit}"))
