"""Slides as python-pptx makes them: where things stand, fonts for both scripts, alternative text, notes.

All lengths are points; a slide is 960 by 540. Text is fitted before it is written: no slide relies on a program's own
shrinking. Titles and points are placeholders, so that outlines and screen readers find them.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard import theme
from dashboard.export.plain_chart import PlainChart
from dashboard.export.slide_charts import add_chart
from dashboard.printable import printable
from dashboard.say import Say
from dashboard.text_fit import LINE_HEIGHT, cut, fitted


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


SIZE = (960, 540)
TITLE = Box(40, 20, 880, 64)
SENTENCE = Box(40, 14, 880, 84)
"""For a title that is a whole sentence."""
BODY = Box(40, 98, 880, 392)
SOURCE = Box(40, 498, 880, 30)
_TITLE_AND_CONTENT, _TITLE_ONLY = 1, 5  # layouts of python-pptx's own template
BULLET_INDENT, NUMBER_INDENT = 24, 40
GROUP_GAP = 10
"""Points above a heading within a slide."""
MANY = 8  # sentences on one slide; more of them stand closer
_AUTO_NUMBER, _BULLET = '<a:buAutoNum {} type="arabicPeriod"/>', '<a:buChar {} char="•"/>'


class Stage:
    """One presentation in one language and look."""

    def __init__(self, say: Say, mode: str, title: str, now: datetime) -> None:
        self.say = say
        self.ink = theme.INK[mode]
        self._deck = Presentation()
        self._widen()
        about = self._deck.core_properties
        about.title, about.author, about.language = cut(title, 255), "hubscope", say("export.formats.tag")
        about.created = about.modified = now
        about.last_modified_by = "hubscope"

    def slide(self, title: str, *, notes: str = "", with_points: bool = False, box: Box = TITLE) -> Any:
        """A new slide with a title, which shrinks and at last ends in "…" to keep to its box, and notes to speak from."""
        slide = self._deck.slides.add_slide(
            self._deck.slide_layouts[_TITLE_AND_CONTENT if with_points else _TITLE_ONLY]
        )
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _rgb(self.ink["background"])
        _place(slide.shapes.title, box)
        self.write(slide.shapes.title.text_frame, title, box, largest=28, smallest=15, is_bold=True)
        bar = slide.shapes.add_shape(1, Pt(0), Pt(box.top + 6), Pt(10), Pt(box.height - 12))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _rgb(theme.BLUE)
        bar.line.fill.background()
        _describe(bar, "")
        if notes:
            slide.notes_slide.notes_text_frame.text = printable(notes)
        return slide

    def points(self, slide: Any, sentences: Sequence[str], *, numbered: bool = False) -> None:
        """Sentences one below the other, in the largest type in which all of them fit."""
        shape = slide.placeholders[1]
        _place(shape, BODY)
        gap = 12 if len(sentences) <= MANY else 4
        room = BODY.height - (gap + 2) * len(sentences)
        indent = NUMBER_INDENT if numbered else BULLET_INDENT
        text, size = fitted("\n".join(sentences), BODY.width - indent, room, largest=26, smallest=13)
        frame = shape.text_frame
        _prepare(frame, MSO_ANCHOR.TOP)
        for place, sentence in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(gap)
            self._list(paragraph, indent, _AUTO_NUMBER if numbered else _BULLET)
            self._run(paragraph, sentence, size)

    def grouped(self, slide: Any, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Sentences under a heading each, in the largest type in which all of them fit."""
        shape = slide.placeholders[1]
        _place(shape, BODY)
        frame = shape.text_frame
        _prepare(frame, MSO_ANCHOR.TOP)
        told = [(text, place == 0) for heading, sentences in groups for place, text in enumerate((heading, *sentences))]
        room = BODY.height - GROUP_GAP * len(groups)
        said, size = fitted(
            "\n".join(text for text, _ in told), BODY.width - BULLET_INDENT, room, largest=20, smallest=10
        )
        for place, (text, (_, is_heading)) in enumerate(zip(said.split("\n"), told, strict=False)):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            if is_heading:
                paragraph.space_before = Pt(GROUP_GAP if place else 0)
            self._list(paragraph, 0 if is_heading else BULLET_INDENT, "<a:buNone {}/>" if is_heading else _BULLET)
            self._run(paragraph, text, size, is_bold=is_heading)

    def words(
        self, slide: Any, text: str, box: Box, *, largest: float, smallest: float, is_quiet: bool = False
    ) -> None:
        """A text in a box."""
        shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
        self.write(shape.text_frame, text, box, largest=largest, smallest=smallest, is_quiet=is_quiet)

    def code(self, slide: Any, text: str, box: Box) -> None:
        """A program, every line of it on a line of its own, all letters of one width."""
        lines = text.rstrip().split("\n")
        shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
        frame = shape.text_frame
        _prepare(frame, MSO_ANCHOR.TOP)
        frame.word_wrap = False
        size = min(20, box.height / (1.3 * len(lines)), box.width / (0.61 * max(map(len, lines))))
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._run(paragraph, printable(line), size, latin="Courier New")

    def picture(self, slide: Any, png: bytes, alternative: str, box: Box) -> None:
        """A picture as large as the box allows, in its middle, with its alternative text."""
        shape = slide.shapes.add_picture(io.BytesIO(png), 0, 0)
        scale = min(Pt(box.width) / shape.width, Pt(box.height) / shape.height)
        width, height = int(shape.width * scale), int(shape.height * scale)
        shape.left, shape.top = Pt(box.left) + (Pt(box.width) - width) // 2, Pt(box.top)
        shape.width, shape.height = width, height
        _describe(shape, alternative)

    def chart(self, slide: Any, plain: PlainChart, alternative: str, box: Box) -> None:
        """A chart that can be edited, with its alternative text."""
        _describe(add_chart(slide, plain, box, self.ink, self.say), alternative)

    def table(
        self, slide: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, alternative: str
    ) -> None:
        """A real table, the first row its headings; widths in points."""
        shape = slide.shapes.add_table(len(rows), len(widths), Pt(BODY.left), Pt(BODY.top), Pt(sum(widths)), Pt(20))
        _describe(shape, alternative)
        table = shape.table
        style = table._tbl.tblPr.find(qn("a:tableStyleId"))
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid: lines and colours are ours
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            row.height = Pt(size * LINE_HEIGHT + 6)
            for cell, text in zip(row.cells, cells, strict=True):
                self._cell(cell, text, size, is_heading=number == 0)

    def content(self) -> bytes:
        """The finished file."""
        file = io.BytesIO()
        self._deck.save(file)
        return file.getvalue()

    def write(
        self,
        frame: Any,
        text: str,
        box: Box,
        *,
        largest: float,
        smallest: float,
        is_bold: bool = False,
        is_quiet: bool = False,
    ) -> None:
        """Text in a frame, one paragraph for each line of it."""
        said, size = fitted(printable(text), box.width, box.height, largest=largest, smallest=smallest)
        _prepare(frame, MSO_ANCHOR.MIDDLE if is_bold else MSO_ANCHOR.TOP)
        for place, line in enumerate(said.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment = 1
            self._run(paragraph, line, size, is_bold=is_bold, is_quiet=is_quiet)

    def _list(self, paragraph: Any, indent: float, bullet: str) -> None:
        """A paragraph as one of a list."""
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Pt(indent)))
        properties.set("indent", str(-Pt(indent)))
        properties.append(parse_xml(bullet.format(nsdecls("a"))))

    def _run(
        self,
        paragraph: Any,
        text: str,
        size: float,
        *,
        is_bold: bool = False,
        is_quiet: bool = False,
        latin: str = theme.SLIDE_FONT,
    ) -> None:
        """Words with a font for each script: Chinese is set in a Chinese font also where the program's own has none."""
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size, font.bold = Pt(size), is_bold
        font.color.rgb = _rgb(self.ink["quiet" if is_quiet else "text"])
        properties = run._r.get_or_add_rPr()
        properties.set("lang", self.say("export.formats.tag"))
        properties.set("altLang", "en-US")
        for script, family in (("latin", latin), ("ea", theme.SLIDE_FONT_CHINESE)):
            properties.append(parse_xml(f'<a:{script} {nsdecls("a")} typeface="{family}"/>'))

    def _cell(self, cell: Any, text: str, size: float, *, is_heading: bool) -> None:
        cell.margin_left = cell.margin_right = Pt(4)
        cell.margin_top = cell.margin_bottom = Pt(3)
        cell.vertical_anchor = MSO_ANCHOR.TOP
        self._run(cell.text_frame.paragraphs[0], text, size, is_bold=is_heading)
        weight, colour = (Pt(1.5), self.ink["quiet"]) if is_heading else (Pt(0.75), self.ink["grid"])
        line = parse_xml(
            f'<a:lnB {nsdecls("a")} w="{weight}"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
        )
        cell._tc.get_or_add_tcPr().append(line)

    def _widen(self) -> None:
        """The template is 4:3; its layouts are drawn out to 16:9, for slides that people add themselves."""
        deck = self._deck
        stretch = Pt(SIZE[0]) / deck.slide_width
        for place in (deck.slide_master, *deck.slide_layouts):
            for shape in place.placeholders:
                if shape._element.spPr.find(qn("a:xfrm")) is not None:
                    shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
        deck.slide_width, deck.slide_height = Pt(SIZE[0]), Pt(SIZE[1])


def _prepare(frame: Any, anchor: MSO_ANCHOR) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(length) for length in box)


def _describe(shape: Any, words: str) -> None:
    """Alternative text; empty for what only decorates."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(words))


def _rgb(colour: str) -> RGBColor:
    rgb: RGBColor = RGBColor.from_string(colour[1:])  # type: ignore[no-untyped-call]
    return rgb
