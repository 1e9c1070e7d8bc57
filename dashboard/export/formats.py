"""Formats: chapters in, files out as bytes, so that nothing is written before everything is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from dashboard.export.progress_bar import Progress, silent
from dashboard.say import Say
from warehouse.errors import NothingToExport

if TYPE_CHECKING:
    from dashboard.export.chapters import Chapter
    from dashboard.export.exhibit import Exhibit

FORMATS = ("pptx", "png", "svg", "html", "citation")
TO_TAKE = ("handout", "notebook")
"""What lessons alone can be, without an answer in it: sheets of paper, and notebooks with their tables."""
OF_LESSONS = (*TO_TAKE, "gift", "moodle", "questions", "key")
"""The same, and what holds the answers: questions for Moodle in its two formats and for spreadsheets, and the key."""
SUFFIXES = {"citation": "zip", "handout": "pdf", "notebook": "zip", "moodle": "xml", "questions": "csv", "key": "md"}
"""Of the file, where it is not the name of the format."""
MEDIA_TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html",
    "citation": "application/zip",
    "handout": "application/pdf",
    "notebook": "application/zip",
    "gift": "text/plain",
    "moodle": "application/xml",
    "questions": "text/csv",
    "key": "text/markdown",
}


def make(
    form: str,
    chapters: Iterable[Chapter],
    say: Say,
    *,
    mode: str,
    now: datetime,
    stem: str,
    progress: Progress = silent,
) -> dict[str, bytes]:
    """The files of one export by their names; one file for slides and HTML, else one for each picture or pack.

    NothingToExport when the build holds nothing of what was asked for. `stem` is what a single file is named for.
    """
    from dashboard.export import html_document, slides

    given = list(chapters)
    exhibits = [part for chapter in given for part in chapter.exhibits]
    if not exhibits:
        raise NothingToExport(" ".join(dict.fromkeys(_reasons(given, say))))
    title = given[0].title(say) if len(given) == 1 else say("course.title")
    drawn = progress(given, len(given), say("export.drawing"))
    if form == "pptx":
        return {named(stem, say, form): slides.deck(drawn, say, mode=mode, title=title, now=now, listed=given)}
    if form == "html":
        return {named(stem, say, form): html_document.html(drawn, say, mode=mode, title=title).encode()}
    if form in OF_LESSONS:
        return {named(stem, say, form): of_lessons(form, drawn, say, stem=stem, now=now)}
    parts = [part for part in exhibits if part.is_figure or form == "citation"]  # tables have no picture
    return {
        named(part.name, say, form): one(form, part, say, mode, now)
        for part in progress(parts, len(parts), say("export.drawing"))
    }


def named(stem: str, say: Say, form: str) -> str:
    """A file name that says what it is of, and in which language."""
    return f"hubscope-{stem}-{say.language}.{SUFFIXES.get(form, form)}"


def one(form: str, exhibit: Exhibit, say: Say, mode: str, now: datetime) -> bytes:
    """One figure as a picture or a pack."""
    from dashboard.export import citation, pictures

    if form == "citation":
        return citation.pack(exhibit, say, mode=mode, now=now)
    spec = exhibit.spec(say, mode=mode, width=pictures.WIDTH)
    assert spec is not None, "only figures have a picture"
    draw = pictures.png if form == "png" else pictures.svg
    return draw(spec, exhibit.source_line(say))


def of_lessons(form: str, chapters: Iterable[Chapter], say: Say, *, stem: str, now: datetime) -> bytes:
    """What lessons alone can be, all of them in one file."""
    from dashboard.export import handout, notebook, question_bank
    from dashboard.export.chapters import LessonChapter

    taught = [chapter for chapter in chapters if isinstance(chapter, LessonChapter)]
    if form == "notebook":
        return notebook.pack(taught, say, stem=stem, now=now)
    write = {
        "handout": handout.handout,
        "gift": question_bank.gift,
        "moodle": question_bank.moodle,
        "questions": question_bank.table,
        "key": question_bank.key,
    }
    return write[form](taught, say)


def _reasons(chapters: list[Chapter], say: Say) -> list[str]:
    from dashboard.export.exhibit import Missing

    return [part.why(say) for chapter in chapters for part in chapter.parts if isinstance(part, Missing)]
