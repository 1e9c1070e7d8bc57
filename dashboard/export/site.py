"""Dashboard and course as a static site: pages that any file server gives, or a file manager opens.

One folder for each language, one for what both share. Figures are read once and said in both languages; each choice of
kind and weight is a page of its own, so every view of the site is a link, as on the dashboard.
"""

import shutil
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import theme
from dashboard.choices import Choices
from dashboard.export import feeds, html_document, pictures, snapshots
from dashboard.export.chapters import Chapter
from dashboard.export.embeds import embed_lines, write_embed
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.export.feeds import Entry, read_entries
from dashboard.export.html_document import HtmlPart
from dashboard.export.leaves import Leaf, csv_name, leaf_count, leaves
from dashboard.export.outputs import whole_folder
from dashboard.export.progress_bar import Progress, silent
from dashboard.published import EMBED, embed_stem, page_file, site_address
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEET
from warehouse.manifest import software_version
from warehouse.read import Warehouse

ICON = Path(__file__).parent.parent / "icon.svg"
CHINESE = "'Hubscope Sans', sans-serif"


def write_site(
    warehouse: Warehouse, target: Path, *, as_of: datetime | None, now: datetime, progress: Progress = silent
) -> int:
    """Write the site in the place of `target`; the number of pages of both languages. ExportError when it cannot."""
    choices, address = Choices(as_of=as_of), site_address()
    about = {"made_by": snapshots.MADE_BY, "build_id": warehouse.build_id, "made_at": now, "as_of": as_of}
    with whole_folder(target, about) as folder, warehouse.holding() as held:
        _assets(folder)
        for language in LANGUAGES:
            (folder / language).mkdir()
        entries = read_entries(held, as_of)
        _feeds(folder, entries, address, held)
        count = 0
        for leaf in progress(leaves(held, choices, entries), leaf_count(entries), "pages"):
            for part in leaf.chapter.exhibits if leaf.chapter else ():
                (folder / "data").mkdir(exist_ok=True)  # not empty, which git would not keep
                (folder / "data" / csv_name(part)).write_bytes(part.csv)
            for language in LANGUAGES:
                page = _page(leaf, held, Say(language), now, address)
                if address:
                    _embeds(folder / language, leaf, Say(language))
                (folder / language / leaf.file).write_text(page, encoding="utf-8")
                count += 1
    snapshots.introduce(target)
    return count


def _page(leaf: Leaf, warehouse: Warehouse, say: Say, now: datetime, address: str) -> str:
    other = Say(next(language for language in LANGUAGES if language != say.language))
    given = {name: value(say) if callable(value) else value for name, value in leaf.values.items()}
    parts = [_laid(leaf, leaf.chapter, part, say, address) for part in leaf.chapter.parts] if leaf.chapter else []
    return (
        html_document.environment()
        .get_template(f"site/{leaf.template}.html")
        .render(
            **{"title": leaf.chapter.title(say) if leaf.chapter else say(f"ui.pages.{leaf.here}"), **given},
            say=say,
            other=other,
            file=leaf.file,
            elsewhere=page_file(leaf.here) if leaf.template == "entry" else leaf.file,
            here=leaf.here,
            navigation=[(key, page_file(key)) for key in SHEET],
            is_simulated=warehouse.is_simulated,
            chapter=leaf.chapter,
            parts=parts,
            looks=_looks(say.language),
            feeds=feeds.MEDIA_TYPES,
            has_charts=any(part.spec for part in parts),
            now=now,
            version=software_version(),
            build_id=warehouse.build_id,
        )
    )


def _laid(leaf: Leaf, chapter: Chapter, part: Exhibit | Missing, say: Say, address: str) -> HtmlPart:
    laid = html_document.lay(chapter, part, say, f"../data/{csv_name(part)}")
    if not address or part not in leaf.embedded:
        return laid
    assert isinstance(part, Exhibit)
    stem = embed_stem(part.key, part.choices)
    return replace(laid, embed=embed_lines(address, stem, say, laid.title, part.moment))


def _embeds(folder: Path, leaf: Leaf, say: Say) -> None:
    """The figures of a page for frames elsewhere; those that other pages show too are drawn once."""
    for part in leaf.embedded:
        if leaf.chapter and not (folder / EMBED / f"{embed_stem(part.key, part.choices)}.html").exists():
            write_embed(folder, leaf.chapter, part, say, page=leaf.file, looks=_looks(say.language))


def _feeds(folder: Path, entries: list[Entry], address: str, warehouse: Warehouse) -> None:
    for language in LANGUAGES:
        say = Say(language)
        written = feeds.atom(entries, say, address, warehouse)
        (folder / language / feeds.ATOM).write_bytes(written)
        (folder / language / feeds.JSON_FEED).write_bytes(feeds.json_feed(entries, say, address))


# --- what pages share


def _assets(folder: Path) -> None:
    assets = folder / "assets"
    assets.mkdir()
    fonts = (html_document.TEMPLATES / "fonts.css").read_text(encoding="utf-8")
    style = html_document.stylesheet().replace("sans-serif", CHINESE)
    (assets / "style.css").write_text(fonts + style, encoding="utf-8")
    (assets / "vega.js").write_text(html_document.vega(), encoding="utf-8")
    (assets / "charts.js").write_text(html_document.script(), encoding="utf-8")
    for name in ("mode.js", "embed.js", "lecture.js"):
        shutil.copy(html_document.TEMPLATES / name, assets)
    shutil.copy(ICON, assets)
    for font in (*pictures.FONTS.glob("*.otf"), pictures.FONTS / "OFL.txt"):
        shutil.copy(font, assets)
    start = html_document.environment().get_template("site/start.html")
    readers = [Say(language) for language in LANGUAGES]
    (folder / "index.html").write_text(
        start.render(languages=list(LANGUAGES), readers=readers, feeds=feeds.MEDIA_TYPES), encoding="utf-8"
    )


@cache
def _looks(language: str) -> dict[str, Any]:
    looks = html_document.looks(Say(language))
    for config in looks["looks"].values():
        config["font"] = theme.FONT.replace("sans-serif", CHINESE)
    return looks
