"""A finished picture as a chart that programs for slides draw themselves, where it is a plain one: bars, lines or areas.

What such a program cannot draw alike (a logarithmic axis, spans, marks of several kinds, notes among them) stays a picture.
Layers that only answer to a pointer, and labels that repeat the numbers or the names, do not make a chart less plain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from dashboard.export.plain_axes import NotPlainError, ends, in_order, step, time_format, title, value_format
from dashboard.say import Say

MOST_NUMBERS = 2_000
"""Of one chart; a program for slides takes seconds to draw more."""
QUIET = 400
"""The weight of a title that only says what its data are: the slide's own title stands above."""
_DRAWN = {"bar", "line", "area"}
_HELD = {
    "x",
    "y",
    "color",
    "xOffset",
    "yOffset",
    "order",
    "detail",
    "tooltip",
    "text",
    "opacity",
    "strokeWidth",
    "size",
}
_LOOKS = ("opacity", "strokeWidth", "size")
_SCALES = (None, "linear", "time", "utc", "band")


class Series(NamedTuple):
    """The values of one name, in the order of the categories."""

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    """Of each value."""
    labels: tuple[str, ...]
    """What stands at each value; empty where nothing does."""


@dataclass(frozen=True)
class PlainChart:
    """All that a program for slides needs to draw it."""

    mark: str
    """"bar", "line" or "area"."""
    is_upright: bool
    """Whether the categories stand along the bottom."""
    is_stacked: bool
    categories: tuple[str | date, ...]
    series: tuple[Series, ...]
    title: tuple[str, ...]
    """Lines."""
    subtitle: tuple[str, ...]
    category_title: str
    value_title: str
    value_format: str
    time_format: str
    """Of categories that are dates."""
    least: float
    most: float
    """Where the axis of values begins and ends."""
    step: float
    has_legend: bool
    has_points: bool

    @property
    def is_of_times(self) -> bool:
        return isinstance(self.categories[0], date)


class _View(NamedTuple):
    """One layer with all that it inherits."""

    mark: dict[str, Any]
    encoding: dict[str, Any]
    data: str
    transforms: tuple[dict[str, Any], ...]


def plain_chart(spec: dict[str, Any], say: Say) -> PlainChart | None:
    """The chart in a finished Vega-Lite specification; None where only its picture shows it."""
    try:
        parameters = {one["name"] for one in spec.get("params", [])}
        views = [view for view in _views(spec) if not _only_answers(view, parameters)]
        (main,) = [view for view in views if view.mark["type"] in _DRAWN]
        _must_be_plain(main, parameters)
        return _read(spec, main, [view for view in views if view is not main], say)
    except (NotPlainError, KeyError, ValueError, TypeError):
        return None


def _views(
    part: dict[str, Any], data: str = "", encoding: dict[str, Any] | None = None, transforms: tuple[Any, ...] = ()
) -> Iterator[_View]:
    """The layers from the bottom; NotPlainError where there are several pictures beside each other."""
    data = part["data"]["name"] if "data" in part else data
    encoding = {**(encoding or {}), **part.get("encoding", {})}
    transforms = (*transforms, *part.get("transform", ()))
    if "layer" in part:
        for layer in part["layer"]:
            yield from _views(layer, data, encoding, transforms)
    elif "mark" in part:
        mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        yield _View(mark, encoding, data, transforms)
    else:
        raise NotPlainError


def _only_answers(view: _View, parameters: set[str]) -> bool:
    """Whether a layer is seen only where the pointer is, or never. parameters: names of what the pointer sets."""
    opacity = view.encoding.get("opacity", {})
    hidden = view.mark.get("opacity") == 0 or opacity.get("value") == 0
    return hidden or any(_asks(one.get("filter", ""), parameters) for one in view.transforms)


def _asks(condition: object, parameters: set[str]) -> bool:
    """Whether a condition is about where the pointer is, or what was chosen with it."""
    return "param" in str(condition) or bool(parameters & set(re.findall(r"\w+", str(condition))))


def _read(spec: dict[str, Any], main: _View, others: list[_View], say: Say) -> PlainChart:
    x, y = main.encoding["x"], main.encoding["y"]
    is_upright = y["type"] == "quantitative"
    along, value = (x, y) if is_upright else (y, x)
    rows = spec["datasets"][main.data]
    if value["type"] != "quantitative" or not rows or (not is_upright and main.mark["type"] != "bar"):
        raise NotPlainError
    is_of_times = along["type"] == "temporal"
    met = [row[along["field"]] for row in rows]
    keys: list[Any] = [_day(one) if is_of_times else str(one) for one in met]
    if "timeUnit" in along and any(day.day != 1 for day in keys):
        raise NotPlainError
    categories = sorted(set(keys)) if is_of_times else in_order(along, met)
    texts = _texts(main, others, along, value)
    series = _series(spec, main, rows, keys, categories, value["field"], texts)
    named = any(_names_ends(view, main) for view in others)
    is_stacked = _is_stacked(main, value, series)
    totals = [sum(one.values[place] or 0 for one in series) for place in range(len(categories))] if is_stacked else []
    known = [number for one in series for number in one.values if number is not None]
    if len(series) * len(categories) > MOST_NUMBERS or not known:
        raise NotPlainError
    least, most = ends(value, known + totals)
    every = step(most - least)
    heading, said = (_lines(spec["title"].get(part, "")) for part in ("text", "subtitle"))
    if spec["title"].get("fontWeight") == QUIET:
        heading, said = (), heading
    return PlainChart(
        main.mark["type"],
        is_upright,
        is_stacked,
        tuple(categories),
        series,
        heading,
        said,
        title(along),
        title(value),
        value_format(value, most, every, say),
        time_format(along, categories, say) if is_of_times else "",
        least,
        most,
        every,
        has_legend=len(series) > 1 and (named or main.encoding["color"].get("legend", {}) is not None),
        has_points=bool(main.mark.get("point")) or any(view.mark["type"] == "point" for view in others),
    )


def _must_be_plain(main: _View, parameters: set[str]) -> None:
    """NotPlainError for what the main layer shows beyond place, length and colour."""
    looks = [main.encoding[name] for name in _LOOKS if name in main.encoding]
    conditions = [look["condition"] for look in [*looks, main.encoding.get("color", {})] if "condition" in look]
    answers = all(_asks(condition, parameters) for condition in conditions)
    axes = [main.encoding["x"], main.encoding["y"]]
    if (
        not main.encoding.keys() <= _HELD
        or any("field" in look for look in looks)
        or not answers
        or main.mark.get("interpolate", "linear") not in ("linear", "monotone")
        or "strokeDash" in main.mark
        or any(one.keys() - {"calculate", "as"} for one in main.transforms)
        or any({"aggregate", "bin"} & axis.keys() or axis.get("stack") == "normalize" for axis in axes)
        or any((axis.get("scale") or {}).get("type") not in _SCALES for axis in axes)
        or any((axis.get("scale") or {}).get("reverse") for axis in axes)
        or any(one.get("as") in {axis.get("field") for axis in axes} for one in main.transforms)
    ):
        raise NotPlainError


def _texts(main: _View, others: list[_View], along: dict[str, Any], value: dict[str, Any]) -> str:
    """The column whose words stand at each value; "" without. NotPlainError for any other layer."""
    column = ""
    for view in others:
        if _names_ends(view, main):
            continue
        there = {view.encoding.get(channel, {}).get("field") for channel in ("x", "y")}
        if view.data != main.data or there != {along["field"], value["field"]} or view.transforms != main.transforms:
            raise NotPlainError
        if view.mark["type"] == "text" and not column:
            column = view.encoding["text"]["field"]
        elif view.mark["type"] != "point" or main.mark["type"] != "line":
            raise NotPlainError
    return column


def _names_ends(view: _View, main: _View) -> bool:
    """Whether a layer writes the names of the lines at their ends, which on a slide a legend does."""
    return view.mark["type"] == "text" and bool(view.encoding["text"]["field"] == main.encoding["color"].get("field"))


def _series(
    spec: dict[str, Any],
    main: _View,
    rows: list[dict[str, Any]],
    keys: list[Any],
    categories: list[Any],
    field: str,
    texts: str,
) -> tuple[Series, ...]:
    """The values by name and category. NotPlainError where two share a place, or a line has gaps that it must not bridge."""
    colour = main.encoding.get("color", {})
    named = colour.get("field")
    if named == main.encoding["x"].get("field") or named == main.encoding["y"].get("field"):
        painted, named = named, None  # each bar has a colour of its own, and is named beside it
    else:
        painted = named
    scale = colour.get("scale") or {}
    domain = [str(one) for one in scale.get("domain", sorted({str(row[painted]) for row in rows}) if painted else [])]
    shades = dict(zip(domain, scale.get("range", spec["config"]["range"]["category"]), strict=False))
    plain = main.mark.get("color") or colour.get("value") or spec["config"]["range"]["category"][0]
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    segments: dict[str, set[Any]] = {}
    detail = main.encoding.get("detail", {}).get("field")
    for row, key in zip(rows, keys, strict=True):
        name = str(row[named]) if named else ""
        held = found.setdefault(name, {})
        if key in held or (painted and str(row[painted]) not in shades):
            raise NotPlainError
        held[key] = row
        segments.setdefault(name, set()).add(row[detail] if detail else None)
    if any(len(parts) > 1 for parts in segments.values()):
        raise NotPlainError
    ordered = [name for name in domain if name in found] if named else list(found)
    made = []
    for name in ordered:
        cells = [found[name].get(category) for category in categories]
        gaps = [cell is None if main.mark["type"] == "area" else cell and cell[field] is None for cell in cells]
        if main.mark["type"] != "bar" and any(gaps):
            raise NotPlainError
        made.append(
            Series(
                name,
                tuple(None if cell is None or cell[field] is None else float(cell[field]) for cell in cells),
                tuple(shades[str(cell[painted])] if cell and painted else shades.get(name, plain) for cell in cells),
                tuple(str(cell[texts]) if cell and texts else "" for cell in cells),
            )
        )
    return tuple(made)


def _is_stacked(main: _View, value: dict[str, Any], series: tuple[Series, ...]) -> bool:
    """Whether values stand on each other. NotPlainError where they would cover each other."""
    if main.mark["type"] == "line" or len(series) == 1 or {"xOffset", "yOffset"} & main.encoding.keys():
        return False
    if all(
        sum(number is not None for number in numbers) <= 1
        for numbers in zip(*(one.values for one in series), strict=True)
    ):
        return False
    if "stack" in value and not value["stack"]:
        raise NotPlainError
    if any(label for one in series for label in one.labels):
        raise NotPlainError  # a number behind the whole stack, for which such programs have no place
    return True


def _lines(said: str | list[str]) -> tuple[str, ...]:
    return tuple(line for line in ([said] if isinstance(said, str) else said) if line)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment.removesuffix("Z")).date()
