"""How pictures look: colours, type, light and dark. The only place that names a colour or a font.

A category has the same colour on every page, slide and export; a few are darker on light ground or lighter on dark, so that
each stands out from it (`SHADES`). They stay distinguishable with each kind of colour blindness (`tests/dashboard/test_theme.py`
measures it) and never repeat: asking for more colours than there are is an error, fold the tail into "other" first.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from dashboard.text_fit import lines
from dashboard.utc import in_utc

Chart = alt.Chart | alt.LayerChart | alt.FacetChart
"""What a function that draws hands back: one view, several on each other, or one repeated beside itself."""
MODES = ("light", "dark")
BLUE, AMBER, GREEN, VIOLET, WINE, CORAL, SKY, BROWN = (
    "#0072B2", "#E69F00", "#1FC47E", "#A85FF3", "#A13B51", "#F06450", "#89AFD8", "#835413",
)  # fmt: skip
PALETTE = (BLUE, AMBER, GREEN, VIOLET, WINE, CORAL, SKY, BROWN)
PALE = 0.45
"""Opacity of what is not complete."""
NEUTRAL = "#8A8F98"  # undeclared, other, removed: grey everywhere
FAINT = "#BCC1C9"  # what a listing did not even ask for

KINDS = {"model": BLUE, "dataset": AMBER, "space": GREEN}
LICENCE_CLASSES = {
    "permissive": BLUE,
    "copyleft": SKY,
    "public_domain": GREEN,
    "rail": AMBER,
    "community": CORAL,
    "noncommercial": WINE,
    "restricted": BROWN,
    "other": VIOLET,
    "undeclared": NEUTRAL,
    "unknown": FAINT,
}
RELATIONS = {"finetune": BLUE, "adapter": AMBER, "quantized": GREEN, "merge": VIOLET, "unstated": NEUTRAL}
DIRECTIONS = {"up": BLUE, "down": CORAL}
OPENNESS = {"open": BLUE, "closed": CORAL}
VERDICTS = {"open": BLUE, "partial": SKY, "closed": NEUTRAL}
# Sizes are ordered, so their colours run from dark to light (viridis without its darkest end).
SIZES = {
    "<0.1B": "#482576",
    "0.1-0.5B": "#414487",
    "0.5-1B": "#35608D",
    "1-3B": "#2A788E",
    "3-8B": "#21908C",
    "8-15B": "#22A884",
    "15-40B": "#43BF71",
    "40-100B": "#7AD151",
    ">100B": "#BBDF27",
    "undeclared": NEUTRAL,
}
_SIZES_ON_LIGHT = (
    "#440154", "#472A7A", "#3C4D8A", "#2F6B8E", "#2B758E", "#277F8E", "#238A8D", "#1F948C", "#1E9D89", NEUTRAL,
)  # fmt: skip
_SIZES_ON_DARK = (
    "#46679F", "#2E6D8E", "#24868E", "#1F9E89", "#35B779", "#6CCD5A", "#9BD93C", "#CAE11F", "#FDE725", NEUTRAL,
)  # fmt: skip
SHADES = {
    "light": {AMBER: "#C28600", GREEN: "#15A552", SKY: "#828EE5", FAINT: "#60677E"}
    | dict(zip(SIZES.values(), _SIZES_ON_LIGHT, strict=True)),
    "dark": {WINE: "#AA3E56", BROWN: "#8C5A14"} | dict(zip(SIZES.values(), _SIZES_ON_DARK, strict=True)),
}
"""By mode: what is drawn in place of a colour that would not stand out 3 to 1 from the ground."""

FONT = (
    "'Source Sans', 'Source Sans 3', 'Noto Sans', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', "
    "'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
SLIDE_FONT, SLIDE_FONT_CHINESE = "Calibri", "Microsoft YaHei"
"""What programs for slides know on every system, or replace by their own."""
INK = {
    "light": {"text": "#1F2933", "quiet": "#5F6B7A", "grid": "#E4E7EB", "background": "#FFFFFF"},
    "dark": {"text": "#F5F7FA", "quiet": "#A9B4C2", "grid": "#2D3642", "background": "#11161D"},
}
"""Of what is written and drawn on, in each mode: pictures, slides and files."""
SCREEN_ROWS = 280
"""Points that the rows of a picture have for their words, on a screen of 720 when all else has its place."""
CLASS_SIZE = 1.3
"""Of the type on a screen of 1280 by 720 in class mode, against a page."""
PLACE = 800
"""Points across that a page has for a picture, on a screen of 1280."""
WHOLE_SCREEN = 885
"""Points across that a line of a picture's title has in class mode, whose screen is larger by as much as its type."""


def colours(values: Sequence[str], fixed: dict[str, str] | None = None) -> list[str]:
    """One colour for each value in order, from `fixed` or else from the palette; ValueError rather than a repeat."""
    if fixed is not None:
        return [fixed.get(value, NEUTRAL) for value in values]
    if len(values) > len(PALETTE):
        raise ValueError(f"{len(values)} categories, but {len(PALETTE)} colours: fold the tail first")
    return list(PALETTE[: len(values)])


def scale(values: Sequence[str], labels: Sequence[str], fixed: dict[str, str] | None = None) -> alt.Scale:
    """Colours for categories that the chart calls `labels` (`values` are their names in the data, same order)."""
    return alt.Scale(domain=list(labels), range=colours(values, fixed))


def themed(
    chart: Chart,
    *,
    mode: str,
    locale: dict[str, Any],
    times: str,
    title: str,
    subtitle: Sequence[str],
    width: int | str = "container",
    size: float = 1.0,
    height: int | str | None = None,
) -> dict[str, Any]:
    """The finished Vega-Lite specification: chart, title lines, type and colours of the mode.

    `locale` and `times` are how the language writes time; `size` scales the type (1 on a page, more on a slide).
    `height`: of the whole picture, where it must fill a place that does not scroll: points, or "container".
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)  # tests do; it takes as long as the picture itself
    if not {"facet", "hconcat", "vconcat", "concat", "repeat"} & spec.keys():
        spec.setdefault("width", width)
        spec["padding"] = {
            "left": round(4 * size),
            "right": 8,
            "top": 8,
            "bottom": 4,
        }  # Chinese glyphs are taller than Vega thinks
        spec["autosize"] = {"type": "fit-x" if width == "container" else "pad", "contains": "padding"}
    spec["title"] = {"text": title, "subtitle": list(subtitle), "anchor": "start", "frame": "bounds", "offset": 18}
    spec["config"] = config(mode, locale, times, size)
    room = width if isinstance(width, int) else round(WHOLE_SCREEN * size) if height == "container" else PLACE
    if len(wrapped := lines(title, room / spec["config"]["title"]["fontSize"])) > 1:
        spec["title"]["text"] = wrapped  # Vega would cut it
    if height is not None and "padding" in spec:
        _fill(spec, height, room, SCREEN_ROWS * (size / CLASS_SIZE if height == "container" else 1))
    in_utc(spec)
    spec = _in_shades(spec, SHADES[mode])
    spec["background"] = None if mode == "light" and width == "container" else INK[mode]["background"]
    spec["usermeta"] = {"embedOptions": {"actions": False}}
    return spec


def _in_shades(value: Any, shades: dict[str, str]) -> Any:
    """The specification with each colour in the shade of the mode, wherever it stands."""
    if isinstance(value, dict):
        return {name: _in_shades(one, shades) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_shades(one, shades) for one in value]
    return shades.get(value, value) if isinstance(value, str) else value


def _fill(spec: dict[str, Any], height: int | str, room: int, rows_room: float) -> None:
    """Fit the chart to its container: tighten rows and shrink labels.

    room: points that a line of words has; rows_room: those that all rows have, one below the other.
    """
    spec["height"] = height
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    said = " · ".join(spec["title"]["subtitle"])
    told = lines(said, room / spec["config"]["title"]["subtitleFontSize"])
    spec["title"] |= {"subtitle": told if len(told) > 1 else said, "offset": 8}
    spec["config"]["legend"]["offset"] = 22
    if rows := _row_count(spec):
        axis = spec["config"]["axis"]
        largest = round(rows_room / rows, 1)
        spec["config"]["axisY"] = {"labelFontSize": min(axis["labelFontSize"], largest)}
        spec["config"]["text"]["fontSize"] = min(spec["config"]["text"]["fontSize"], largest)


def _row_count(spec: dict[str, Any]) -> int:
    """How many named rows stand one below the other; 0 where the height is a scale of numbers."""
    rows = 0
    for layer in (spec, *spec.get("layer", ())):
        y = layer.get("encoding", {}).get("y", {})
        if y.get("type") == "nominal":
            values = spec["datasets"][layer.get("data", spec.get("data"))["name"]]
            rows = max(rows, len({row[y["field"]] for row in values}))
    return rows


def config(mode: str, locale: dict[str, Any], times: str, size: float = 1.0) -> dict[str, Any]:
    """Vega-Lite configuration of one mode. `times` is the expression that writes time axes."""
    ink = INK[mode]
    words = {"font": FONT, "labelFont": FONT, "titleFont": FONT}

    def points(at_one: float) -> float:
        return round(at_one * size, 1)

    return {
        "font": FONT,
        "locale": locale,
        "view": {"stroke": None, "continuousHeight": 380, "discreteHeight": {"step": 30}},
        "title": {
            "font": FONT,
            "color": ink["text"],
            "fontSize": points(20),
            "fontWeight": 600,
            "subtitleFont": FONT,
            "subtitleColor": ink["quiet"],
            "subtitleFontSize": points(14),
            "subtitlePadding": 6,
        },
        "axis": {
            "labelFont": FONT,
            "titleFont": FONT,
            "labelColor": ink["text"],
            "titleColor": ink["quiet"],
            "labelFontSize": points(14),
            "titleFontSize": points(14),
            "titleFontWeight": 400,
            "titlePadding": 10,
            "gridColor": ink["grid"],
            "domainColor": ink["grid"],
            "tickColor": ink["grid"],
            "labelLimit": points(330),
        },
        "axisX": {"grid": False, "labelPadding": 6},
        "axisTemporal": {
            "grid": False,
            "tickCount": 8,
            "labelExpr": times,
            "labelOverlap": "parity",
            "labelSeparation": 12,
        },
        "legend": {
            **{name: font for name, font in words.items() if name != "font"},
            "labelColor": ink["text"],
            "titleColor": ink["quiet"],
            "labelFontSize": points(14),
            "titleFontSize": points(14),
            "titleFontWeight": 400,
            "orient": "top",
            "symbolType": "circle",
            "symbolSize": 140,
            "labelLimit": points(320),
            "columnPadding": 18,
            "offset": points(20),  # letters of milestones stand between it and the plot
            "layout": {
                "top": {"anchor": "start", "direction": "vertical", "margin": 6}
            },  # a second one below the first
            "columns": 4,
            "symbolBaseFillColor": ink["text"],
            "symbolBaseStrokeColor": ink["text"],
        },
        "text": {"font": FONT, "color": ink["text"], "fontSize": points(13)},
        "rule": {"color": ink["quiet"]},
        "line": {"strokeWidth": 3},
        "point": {"size": 60, "filled": True},
        "bar": {"cornerRadiusEnd": 2},
        "range": {"category": list(PALETTE)},
    }
