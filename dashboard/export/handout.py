"""Lessons on paper: A4, with lines to write on. Laid out as SVG, so that pictures stay vectors and words stay words.

Where a line of provenance stands on every page, a copied sheet stays honest. No answer is in it.
"""

import io
import re
from collections.abc import Iterable

import pandas as pd
import segno
from markupsafe import escape
from pypdf import PdfReader, PdfWriter

from dashboard.export import pictures
from dashboard.export.chapters import LessonChapter
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.export.markdown import unmarked
from dashboard.export.slide_tables import lay_out
from dashboard.practice.keys import Key
from dashboard.practice.notes import answer_line, exercise_line
from dashboard.printable import printable
from dashboard.published import site_address
from dashboard.say import Say
from dashboard.text_fit import LINE_HEIGHT, ems, lines

PAGE, MARGIN, FOOT = (595, 842), 48, 60
"""Points: A4, the white around it, and what the line of provenance takes of the bottom."""
WIDTH = PAGE[0] - 2 * MARGIN
BOTTOM = PAGE[1] - FOOT
TITLE, HEADING, TEXT, SMALL = 18, 12.5, 10, 7
PICTURE = 760
"""Points of a picture as it is laid out, before it is made as narrow as the page."""
OF_A_SLIDE = 0.5
"""The type of a table against that on a slide."""
TALLEST = 380
WRITING, BETWEEN = 3, 22
"""Lines to write on, and points from one to the next."""
TOGETHER = 130
"""Points that a heading needs below it, with what it is the heading of."""
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')


class _Sheets:
    """Pages that fill from the top; what does not fit any more begins the next one."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self._y = float(BOTTOM)  # so that the first thing begins the first page

    def turn(self) -> None:
        self.pages.append([])
        self._y = MARGIN

    def keep(self, height: float) -> None:
        """What comes next stays together."""
        if self._y + height > BOTTOM:
            self.turn()

    def room(self, height: float) -> float:
        """Where something so tall begins."""
        self.keep(height)
        place, self._y = self._y, self._y + height
        return place

    def text(self, text: str, size: float = TEXT, *, weight: int = 400, gap: float = 4) -> None:
        """A paragraph; lines of code keep their spaces."""
        for paragraph in printable(text).split("\n"):
            indent = len(paragraph) - len(paragraph.lstrip(" "))
            for line in _broken(paragraph.strip() or " ", (WIDTH - indent * size * 0.5) / size):
                self.words(line, MARGIN + indent * size * 0.5, self.room(size * LINE_HEIGHT) + size, size, weight)
        self._y += gap

    def words(self, text: str, x: float, y: float, size: float, weight: int = 400) -> None:
        """One line, at a place of this page."""
        self.pages[-1].append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}">{escape(text)}</text>'
        )

    def rule(self, y: float, ink: str = "#999") -> None:
        self.pages[-1].append(f'<path d="M{MARGIN} {y:.1f}h{WIDTH}" stroke="{ink}" stroke-width="0.5"/>')

    def to_write_on(self) -> None:
        for _ in range(WRITING):
            self.rule(self.room(BETWEEN) + BETWEEN - 4)
        self._y += 8

    def picture(self, svg: str) -> None:
        """A picture as wide as the page, or as tall as it may be."""
        found = _SIZE.search(svg)
        assert found is not None, "vl-convert states the size of what it draws"
        wide, tall = float(found[2]), float(found[3])
        scale = min(WIDTH / wide, TALLEST / tall)
        y = self.room(tall * scale + 6)
        placed = f'<svg {found[1]}x="{MARGIN}" y="{y:.1f}" width="{wide * scale:.1f}" height="{tall * scale:.1f}"'
        self.pages[-1].append(svg[: found.start()] + placed + svg[found.end() :])

    def table(self, rows: pd.DataFrame) -> None:
        laid = lay_out(rows, WIDTH / OF_A_SLIDE, PAGE[1])
        size, widths = laid.size * OF_A_SLIDE, [width * OF_A_SLIDE for width in laid.widths]
        cells = [laid.slides[0][0], *(row for slide in laid.slides for row in slide[1:])]
        for n, row in enumerate(cells):
            laid_out = [_broken(cell, (width - 6) / size) for cell, width in zip(row, widths, strict=True)]
            height = max(map(len, laid_out)) * size * LINE_HEIGHT + 5
            y, x = self.room(height), float(MARGIN)
            for cell, width in zip(laid_out, widths, strict=True):
                for place, line in enumerate(cell):
                    self.words(line, x, y + size * (1.15 + place * LINE_HEIGHT), size, 400 if n else 700)
                x += width
            self.rule(y + height, "#333" if n == 0 else "#ccc")
        self._y += 10


def _broken(text: str, room: float) -> list[str]:
    """The text in lines of at most `room` ems; what has no space in it is broken where it must be."""
    found = []
    for line in lines(text, room):
        while ems(line) > room and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or ems(line[:n]) <= room)
            found.append(line[:fits])
            line = line[fits:]
        found.append(line)
    return found


def handout(chapters: Iterable[LessonChapter], say: Say) -> bytes:
    """A PDF of A4 pages, each lesson on pages of its own; its words can be selected and searched."""
    written, title = PdfWriter(), ""
    for chapter in chapters:
        title = title or chapter.title(say)
        sheets = _Sheets()
        sheets.turn()
        _lesson(sheets, chapter, say)
        for n, page in enumerate(sheets.pages, start=1):
            place = say("export.page_of", title=chapter.title(say), n=n, of=len(sheets.pages))
            made = pictures.pdf(_drawn(page, [place, *_foot(chapter, say)]))
            written.append(PdfReader(io.BytesIO(made)))
    written.add_metadata({"/Title": title, "/Creator": "hubscope"})
    content = io.BytesIO()
    written.write(content)
    return content.getvalue()


def _lesson(sheets: _Sheets, chapter: LessonChapter, say: Say) -> None:
    sheets.text(chapter.title(say), TITLE, weight=700, gap=8)
    _address(sheets, chapter, say)
    for point in chapter.points(say):
        sheets.text(f"· {unmarked(point)}")
    for part in chapter.parts[:2]:
        _exhibit(sheets, chapter, part, say)
    sheets.keep(TOGETHER)
    sheets.text(say("practice.title"), HEADING, weight=700)
    for asked in chapter.practice:
        if not isinstance(asked, Key):
            sheets.text(answer_line(asked, say))
            continue
        sheets.keep(TOGETHER)
        sheets.text(exercise_line(asked, say), weight=700)
        kind = asked.exercise.part
        sheets.text(asked.frame if kind == "sql" else asked.code if kind == "code" else asked.address, SMALL + 1)
        sheets.to_write_on()
    sheets.keep(TOGETHER)
    sheets.text(say("course.questions"), HEADING, weight=700)
    for n, question in enumerate(chapter.questions(say), start=1):
        sheets.keep(WRITING * BETWEEN + 2 * TEXT * LINE_HEIGHT)
        sheets.text(f"{n}. {unmarked(question)}")
        sheets.to_write_on()


def _exhibit(sheets: _Sheets, chapter: LessonChapter, part: Exhibit | Missing, say: Say) -> None:
    if isinstance(part, Missing):
        sheets.text(unmarked(part.why(say)))
        return
    if (spec := part.spec(say, mode="light", width=PICTURE)) is not None:
        sheets.picture(pictures.svg(spec).decode())
        sheets.text(chapter.see(part, say) or "")
    else:
        sheets.keep(TOGETHER)
        sheets.text(part.title(say), HEADING, weight=700)
        sheets.table(part.rows(say))
    for line in (*map(unmarked, part.caveats(say)), part.provenance(say)):
        sheets.text(line, SMALL, gap=2)
    sheets.text("", SMALL)


def _address(sheets: _Sheets, chapter: LessonChapter, say: Say) -> None:
    """Where the lesson stands on the published site, as a code for a phone; nothing where no site is stated."""
    if site := site_address():
        code = segno.make(f"{site}{say.language}/{chapter.slug}.html", micro=False)
        size = 64
        drawn = code.svg_inline(border=0, scale=size / code.symbol_size(border=0)[0])
        placed = drawn.replace("<svg ", f'<svg x="{PAGE[0] - MARGIN - size}" y="{MARGIN / 2}" ', 1)
        sheets.pages[-1].append(placed)


def _foot(chapter: LessonChapter, say: Say) -> list[str]:
    """What every page says of its numbers."""
    exhibits = chapter.exhibits
    made = [exhibits[0].provenance(say)] if exhibits else []
    return [*made, say("practice.files.build", build=chapter.build_id)]


def _drawn(page: list[str], foot: list[str]) -> str:
    width, height = PAGE
    sheets = _Sheets()
    sheets.pages = [[]]
    told = [line for part in foot for line in _broken(part, WIDTH / SMALL)]
    for n, line in enumerate(told):
        sheets.words(line, MARGIN, BOTTOM + 16 + n * SMALL * LINE_HEIGHT, SMALL)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{pictures.FONT}" fill="#222">{"".join(page)}{"".join(sheets.pages[0])}</svg>'
    )
