"""Pictures without a browser: a finished specification in, PNG or SVG out.

In an SVG the words stay words: they can be selected, searched, translated and read aloud, and the file stays small.
Where our font is missing, the reader's own Chinese font is used, since the list of families names the usual ones.
"""

import json
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from dashboard import text_fit, theme
from dashboard.printable import printable

FONTS = Path(__file__).parent.parent / "fonts"
FONT = "Hubscope Sans"
"""The bundled font: a picture is the same on every machine, also on one without Chinese fonts."""
WIDTH = 1200
SCALE = 2.0
PADDING = 14
SOURCE_SIZE, SOURCE_LINE = 12.0, 17
"""Points of the type below a picture, and of each of its lines."""
_HEAD = re.compile(r'width="(\d+)" height="(\d+)" viewBox="0 0 \1 \2"')
NO_HOST: list[str] = []
_ONE_AT_A_TIME = threading.Lock()


def png(spec: dict[str, Any], source: str = "", *, scale: float = SCALE) -> bytes:
    """The picture in pixels, `scale` times as large as it was laid out. source: what stands below it."""
    if not source:
        with _ONE_AT_A_TIME:
            _register_fonts()
            return vl_convert.vegalite_to_png(_in_our_font(spec), scale=scale, allowed_base_urls=NO_HOST)
    drawn = _with_source(_drawn(spec), source, spec)
    with _ONE_AT_A_TIME:
        return vl_convert.svg_to_png(drawn, scale=scale)


def svg(spec: dict[str, Any], source: str = "") -> bytes:
    """The picture as vectors, with its alternative text. source: what stands below it."""
    drawn = _drawn(spec)
    if source:
        drawn = _with_source(drawn, source, spec)
    drawn = drawn.replace(f'font-family="{FONT}"', f'font-family="{FONT}, {_words(theme.FONT)}"')
    head, end, rest = drawn.partition(">")
    words = f"<title>{_words(spec['title']['text'])}</title><desc>{_words(spec.get('description', ''))}</desc>"
    return f'{head} role="img"{end}{words}{rest}'.encode()


def _drawn(spec: dict[str, Any]) -> str:
    with _ONE_AT_A_TIME:
        _register_fonts()
        return vl_convert.vegalite_to_svg(_in_our_font(spec), allowed_base_urls=NO_HOST)


def _with_source(drawn: str, source: str, spec: dict[str, Any]) -> str:
    """The picture with a strip below it that says where its numbers are from: nothing else goes with a picture."""
    head = _HEAD.search(drawn)
    assert head, "a picture has a size"
    width, height = map(int, head.groups())
    lines = text_fit.lines(source, (width - 2 * PADDING) / SOURCE_SIZE)
    taller = height + len(lines) * SOURCE_LINE + PADDING
    drawn = drawn.replace(head[0], f'width="{width}" height="{taller}" viewBox="0 0 {width} {taller}"', 1)
    drawn = drawn.replace(f'<rect width="{width}" height="{height}"', f'<rect width="{width}" height="{taller}"', 1)
    said = "".join(
        f'<tspan x="{PADDING}" y="{height + (number + 1) * SOURCE_LINE - 4}">{_words(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    colour = spec["config"]["title"]["subtitleColor"]
    text = f'<text font-family="{FONT}" font-size="{SOURCE_SIZE:g}" fill="{colour}">{said}</text></svg>'
    return drawn.removesuffix("</svg>") + text


def pdf(page: str) -> bytes:
    """One page, laid out as SVG in points, with its fonts in it."""
    with _ONE_AT_A_TIME:
        _register_fonts()
        return vl_convert.svg_to_pdf(page)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _in_our_font(spec: dict[str, Any]) -> str:
    """The specification at a width that holds for the whole picture, labels and all.

    One family alone: in a list of them vl-convert mistakes the width of words, and cuts what has room.
    """
    if isinstance(spec.get("width"), int) and spec.get("autosize", {}).get("type") == "pad":
        spec = {**spec, "autosize": {"type": "fit-x", "contains": "padding"}, "padding": PADDING}
    return json.dumps(spec, ensure_ascii=False, allow_nan=False).replace(theme.FONT, FONT)


def _words(text: str) -> str:
    return escape(printable(text))
