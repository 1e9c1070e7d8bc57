"""Moments in a picture are drawn and written in UTC, as they were taken.

Vega takes a moment without a zone for one of the reader's own place. On the night when clocks go forward there, an hour of UTC
does not exist in it and would be drawn and labelled as the next.
"""

from collections.abc import Iterator
from typing import Any

MINUTES = "utcyearmonthdatehoursminutes"


def in_utc(spec: dict[str, Any]) -> dict[str, Any]:
    """The same Vega-Lite specification in UTC; one that draws spans (`x2`) knows days only and is left as it is."""
    encodings = list(_encodings(spec))
    if any("x2" in encoding for encoding in encodings):
        return spec
    drawn = {field["field"] for encoding in encodings for field in _moments(encoding)}
    if not drawn:
        return spec
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            row.update({name: f"{row[name]}Z" for name in drawn & row.keys() if _is_bare(row[name])})
    axis = spec["config"]["axisTemporal"]
    axis["labelExpr"] = axis["labelExpr"].replace("timeFormat(", "utcFormat(")
    return spec


def _encodings(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every encoding of a specification, in its layers and parts too."""
    if "encoding" in part:
        yield part["encoding"]
    for name in ("layer", "hconcat", "vconcat", "spec"):
        inner = part.get(name, [])
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _encodings(one)


def _moments(encoding: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The channels that show a moment, told to do so in UTC."""
    for channel, stated in encoding.items():
        for one in stated if isinstance(stated, list) else [stated]:
            if one.get("type") != "temporal":
                continue
            if channel in ("x", "y"):
                one["scale"] = {"type": "utc", **one.get("scale", {})}
            if "timeUnit" in one:
                one["timeUnit"] = f"utc{one['timeUnit']}"
            elif channel == "tooltip":
                one["timeUnit"] = MINUTES
            yield one


def _is_bare(value: object) -> bool:
    return isinstance(value, str) and "T" in value and value[-1].isdigit()
