"""Download buttons. A file is made when its button is pressed, not before."""

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime

import streamlit as st

from dashboard.export import chapters
from dashboard.export.chapters import Chapter
from dashboard.export.embeds import embed_lines
from dashboard.export.exhibit import Exhibit
from dashboard.export.formats import FORMATS, MEDIA_TYPES, TO_TAKE, make, named
from dashboard.export.made import MadeFiles
from dashboard.lessons import Lesson
from dashboard.published import EmbedLines, held_stem, site_address
from dashboard.say import Say
from dashboard.sheets import EXPORTED
from dashboard.view import TAB, Page

MADE = MadeFiles()
"""This server's."""
WHOLE = ("pptx", "html")
"""Formats in which several pictures are one file."""
ICONS = {
    "pptx": ":material/slideshow:",
    "html": ":material/html:",
    "png": ":material/image:",
    "svg": ":material/polyline:",
    "citation": ":material/format_quote:",
    "handout": ":material/print:",
    "notebook": ":material/book_2:",
}


def exhibit_buttons(say: Say, exhibit: Exhibit, mode: str) -> None:
    """One figure or table in every format that it has."""
    forms = FORMATS if exhibit.is_figure else (*WHOLE, "citation")
    st.caption(say("export.take_away_how"))
    of = (exhibit.build_id, exhibit.choices)
    _buttons(say, forms, exhibit.name, mode, of, lambda: [chapters.alone(exhibit)])


def embed_of(page: Page, exhibit: Exhibit) -> EmbedLines | None:
    """What shows the figure in another page; None where no site is stated or it does not hold this view."""
    is_open = page.choices.extra(TAB)
    extras = [one for one in page.extras if one.name != TAB and (not one.tabs or is_open in one.tabs)]
    stem = held_stem(exhibit.shown, exhibit.choices, extras, page.warehouse.newest_snapshot_at)
    if stem is None or not (site := site_address()):
        return None
    return embed_lines(site, stem, page.say, exhibit.title(page.say), exhibit.moment)


def page_buttons(page: Page) -> None:
    """All pictures of a page as one file, also those whose tab is not open; nothing for pages without pictures."""
    sheet = next((sheet for sheet in EXPORTED if sheet.key == page.key), None)
    if sheet is None:
        return
    say = page.say
    with st.popover(say("export.page_away"), icon=":material/download:"):
        st.caption(say("export.page_away_how"))
        _buttons(
            say, WHOLE, page.key, page.mode, _of(page), lambda: [chapters.page(page.warehouse, sheet, page.choices)]
        )


def lesson_buttons(page: Page, lesson: Lesson) -> None:
    """A lesson as slides and as a page that opens without a server."""
    say = page.say
    with st.popover(say("export.lesson_away"), icon=":material/download:"):
        st.caption(say("export.lesson_away_how"))
        stem = lesson.slug.replace("_", "-")
        _buttons(
            say,
            (*WHOLE, *TO_TAKE),
            stem,
            page.mode,
            _of(page),
            lambda: [chapters.lesson(page.warehouse, lesson, page.choices)],
        )


def course_buttons(page: Page) -> None:
    """All lessons in one file."""
    say = page.say
    with st.popover(say("export.course_away"), icon=":material/download:"):
        st.caption(say("export.course_away_how"))
        _buttons(
            say,
            (*WHOLE, *TO_TAKE),
            "course",
            page.mode,
            _of(page),
            lambda: chapters.course(page.warehouse, page.choices),
        )


def _of(page: Page) -> tuple[Hashable, ...]:
    """What a file of this page is of: the build, and what the reader chose."""
    return page.warehouse.build_id, page.choices


def _buttons(
    say: Say,
    forms: Iterable[str],
    stem: str,
    mode: str,
    of: tuple[Hashable, ...],
    read: Callable[[], Iterable[Chapter]],
) -> None:
    with st.container(horizontal=True, gap="small"):
        for form in forms:
            st.download_button(
                say(f"export.button.{form}"),
                _making(form, read, say, mode, stem, of),
                named(stem, say, form),
                MEDIA_TYPES[form],
                key=f"take-{form}-{stem}",
                on_click="ignore",
                icon=ICONS[form],
            )


def _making(
    form: str,
    read: Callable[[], Iterable[Chapter]],
    say: Say,
    mode: str,
    stem: str,
    of: tuple[Hashable, ...],
) -> Callable[[], bytes]:
    """What makes the file once it is asked for."""

    def content() -> bytes:
        files = make(form, read(), say, mode=mode, now=datetime.now(UTC).replace(tzinfo=None), stem=stem)
        (made,) = files.values()
        return made

    return lambda: MADE.get((form, say.language, mode, stem, *of), content)
