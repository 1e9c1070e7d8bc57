"""Figures for other people's pages: one page each without a frame, and a picture that says itself where it is from."""

from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dashboard import theme
from dashboard.choices import write_pin
from dashboard.export import html_document, pictures
from dashboard.export.chapters import Chapter
from dashboard.export.exhibit import Exhibit
from dashboard.export.markdown import unread
from dashboard.published import EMBED, EmbedLines, embed_stem, pinned
from dashboard.say import Say

WIDTH = 900
FRAME_HEIGHT = 560


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
    (place / f"{stem}.svg").write_bytes(pictures.svg(spec, part.source_line(say)))


def embed_lines(address: str, stem: str, say: Say, title: str, moment: datetime | None) -> EmbedLines:
    """The two lines for a figure. moment: of its snapshot, which the embedded figure compares with its own."""
    place = f"{address}{say.language}/{EMBED}/{stem}"
    page = pinned(f"{place}.html", moment)
    frame = Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border: 0"></iframe>'
    ).format(page, title, FRAME_HEIGHT)
    return EmbedLines(str(frame), f"[![{unread(title)}]({place}.svg)]({page})")
