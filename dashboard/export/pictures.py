"""Pictures without a browser: a finished specification in, PNG or SVG out.

In an SVG the words stay words: they can be selected, searched, translated and read aloud, and the file stays small.
Where our font is missing, the reader's own Chinese font is used, since the list of families names the usual ones.
"""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from dashboard import theme
from dashboard.printable import printable

FONTS = Path(__file__).parent.parent / "fonts"
FONT = "Hubscope Sans"
"""The bundled font: a picture is the same on every machine, also on one without Chinese fonts."""
WIDTH = 1200
SCALE = 2.0
PADDING = 14
NO_HOST: list[str] = []
_ONE_AT_A_TIME = threading.Lock()


def png(spec: dict[str, Any], *, scale: float = SCALE) -> bytes:
    """The picture in pixels, `scale` times as large as it was laid out."""
    with _ONE_AT_A_TIME:
        _register_fonts()
        return vl_convert.vegalite_to_png(_in_our_font(spec), scale=scale, allowed_base_urls=NO_HOST)


def svg(spec: dict[str, Any]) -> bytes:
    """The picture as vectors, with its alternative text."""
    with _ONE_AT_A_TIME:
        _register_fonts()
        drawn = vl_convert.vegalite_to_svg(_in_our_font(spec), allowed_base_urls=NO_HOST)
    drawn = drawn.replace(f'font-family="{FONT}"', f'font-family="{FONT}, {_words(theme.FONT)}"')
    head, end, rest = drawn.partition(">")
    words = f"<title>{_words(spec['title']['text'])}</title><desc>{_words(spec.get('description', ''))}</desc>"
    return f'{head} role="img"{end}{words}{rest}'.encode()


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
