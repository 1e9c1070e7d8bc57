"""Figures for other people's pages: one page each without a frame, and a picture that says itself where it is from."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from dashboard import text_fit, theme
from dashboard.choices import write_pin
from dashboard.export import html_document, pictures
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit
from dashboard.export.markdown import unread
from dashboard.published import EMBED, EmbedLines, embed_stem
from dashboard.say import Say

WIDTH = 900
FRAME_HEIGHT = 560
SIZE = 12.0
LINE = 17
_HEAD = re.compile(r'width="(\d+)" height="(\d+)" viewBox="0 0 \1 \2"')


def write_embed(folder: Path, chapter: Chapter, part: Exhibit, say: Say, *, page: str, looks: dict[str, Any]) -> None:
    """Page and picture of a figure, in the `folder` of a language. page: where on the site it stands."""
    stem = embed_stem(part.key, part.choices)
    place = folder / EMBED
    place.mkdir(exist_ok=True)
    written = (
        html_document.environment()
        .get_template("site/embed.html")
        .render(
            say=say,
            part=html_document.lay(chapter, part, say, ""),
            page=f"{page}#{part.name}",
            pin=write_pin(part.moment) if part.moment else "",
            date=say.date(part.moment) if part.moment else "",
            looks=looks,
        )
    )
    (place / f"{stem}.html").write_text(written, encoding="utf-8")
    spec = part.spec(say, mode=theme.MODES[0], width=WIDTH)
    assert spec is not None, "only figures are embedded"
    (place / f"{stem}.svg").write_bytes(with_source(pictures.svg(spec), part.provenance(say)))


def embed_lines(address: str, stem: str, say: Say, title: str, moment: datetime | None) -> EmbedLines:
    """The two lines for a figure. moment: of its snapshot, which the embedded figure compares with its own."""
    place = f"{address}{say.language}/{EMBED}/{stem}"
    pinned = f"{place}.html?as_of={write_pin(moment)}" if moment else f"{place}.html"
    frame = Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border: 0"></iframe>'
    ).format(pinned, title, FRAME_HEIGHT)
    return EmbedLines(str(frame), f"[![{unread(title)}]({place}.svg)]({pinned})")


def with_source(svg: bytes, source: str) -> bytes:
    """The picture with a strip below it that says where its numbers are from: nothing else goes with a picture."""
    drawn = svg.decode()
    head = _HEAD.search(drawn)
    assert head, "a picture has a size"
    width, height = map(int, head.groups())
    lines = text_fit.lines(source, (width - 2 * pictures.PADDING) / SIZE)
    taller = height + len(lines) * LINE + pictures.PADDING
    drawn = drawn.replace(head[0], f'width="{width}" height="{taller}" viewBox="0 0 {width} {taller}"', 1)
    drawn = drawn.replace(f'<rect width="{width}" height="{height}"', f'<rect width="{width}" height="{taller}"', 1)
    said = "".join(
        f'<tspan x="{pictures.PADDING}" y="{height + (number + 1) * LINE - 4}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    font = f"{pictures.FONT}, {escape(theme.FONT)}".replace(chr(34), "&quot;")
    colour = theme.INK["light"]["quiet"]
    return drawn.replace(
        "</svg>", f'<text font-family="{font}" font-size="{SIZE:g}" fill="{colour}">{said}</text></svg>'
    ).encode()
