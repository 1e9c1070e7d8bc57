"""Where things stand on slides: no two boxes with words overlap, none leaves its slide, and what must be said is not cut."""

import io
from dataclasses import replace

import pandas as pd
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from dashboard.choices import Choices
from dashboard.export import chapters, pictures, slides
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEET
from dashboard.text_fit import LINE_HEIGHT, line_count
from tests.dashboard.exporting import NOW, chapter, exhibit
from warehouse.read import open_current

SAY = Say("en")


@pytest.fixture(scope="module")
def course(demo_home):
    return list(chapters.course(open_current(demo_home), Choices()))


def _deck(shown, say, listed=()):
    return Presentation(io.BytesIO(slides.deck(shown, say, mode="light", title="x", now=NOW, listed=listed)))


def _words(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _height(shape) -> float:
    """Points that a box needs for its words, wherever it was told to end."""
    if shape.has_table:
        widths = [column.width / Pt(1) - 8 for column in shape.table.columns]
        rows = [zip(row.cells, widths, strict=True) for row in shape.table.rows]
        return sum(max(_needed(cell.text_frame, width) for cell, width in row) + 6 for row in rows)
    if not shape.has_text_frame or not shape.text_frame.text:
        return shape.height / Pt(1)
    return max(shape.height / Pt(1), _needed(shape.text_frame, shape.width / Pt(1)))


def _needed(frame, width: float) -> float:
    """A little less than the estimate that the slides are laid out by, whose lines are generous."""
    sizes = [run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs]
    return 0.0 if not sizes else line_count(frame.text, width, sizes[0]) * sizes[0] * LINE_HEIGHT - 1


def _collisions(deck) -> list[str]:
    """What is wrong with the boxes of each slide."""
    wide, high = deck.slide_width / Pt(1), deck.slide_height / Pt(1)
    found = []
    for number, slide in enumerate(deck.slides, start=1):
        boxes = [
            (shape.left / Pt(1), shape.top / Pt(1), shape.width / Pt(1), _height(shape), shape.name)
            for shape in slide.shapes
            if shape.has_table or shape.has_chart or not shape.has_text_frame or shape.text_frame.text
        ]
        for place, (left, top, width, height, name) in enumerate(boxes):
            if left < 0 or top < 0 or left + width > wide + 1 or top + height > high + 1:
                found.append(f"{number}: {name} leaves the slide")
            for x, y, across, down, other in boxes[place + 1 :]:
                if left + 1 < x + across and x + 1 < left + width and top + 1 < y + down and y + 1 < top + height:
                    found.append(f"{number}: {name} and {other}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_boxes_of_the_course_overlap_and_none_leaves_its_slide(course, language, monkeypatch):
    blank = io.BytesIO()
    Image.new("RGB", (1000, 400)).save(
        blank, "PNG"
    )  # as large as its box allows: drawing them would take half a minute
    monkeypatch.setattr(pictures, "png", lambda spec: blank.getvalue())
    deck = _deck(course, Say(language), course)
    assert len(deck.slides) > 5 * len(LESSONS)
    assert _collisions(deck) == []


def test_no_two_boxes_of_a_page_with_long_titles_and_many_credits_overlap(demo_home):
    page = chapters.page(open_current(demo_home), SHEET["publishers"], Choices())
    assert _collisions(_deck([page], Say("en"))) == []


def test_credits_too_long_for_a_slide_are_cut_behind_what_must_be_said_and_are_whole_in_the_notes():
    shown = exhibit(pd.DataFrame({"id": ["a"], "downloads": [1]}))
    snapshot = replace(shown.facts.snapshot, is_simulated=True)
    owed = tuple(f"Somebody who asks to be named at length, number {number} (CC BY 4.0)" for number in range(30))
    copied = ("A publisher", NOW)
    shown = replace(shown, facts=shown.facts.with_(snapshot=snapshot, credits=owed, copied=copied))
    slide = _deck([chapter(shown)], SAY).slides[0]
    (source,) = [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and "CC BY" in shape.text_frame.text
    ]
    assert source.endswith("…")
    assert SAY("ui.simulated") in source
    assert SAY("ui.caption.copy", publisher="A publisher", date=SAY.moment(NOW)) in source
    assert owed[-1] in slide.notes_slide.notes_text_frame.text


def test_the_course_ends_with_what_changed_the_questions_of_all_lessons_and_each_work_once(course):
    closing = course[-1]
    slides_of = list(_deck([closing], SAY, course).slides)[2:]
    titles = [slide.shapes.title.text_frame.text for slide in slides_of]
    assert titles[0] == SAY("course.discussion.changed")
    assert closing.points(SAY) and all(sentence in _words(slides_of[0]) for sentence in closing.points(SAY))
    written = "\n".join(_words(slide) for slide in slides_of)
    for taught in course[:-1]:
        assert taught.title(SAY) in written
        assert all(slides.unmarked(question) in written for question in taught.questions(SAY))
    named = {work["title"] for taught in course[:-1] for work in taught.works}
    assert all(written.count(f"). {title}. ") == 1 for title in named)
    with_others = "\n".join(_words(slide) for slide in _deck(course[:1], SAY, course).slides)
    alone = "\n".join(_words(slide) for slide in _deck(course[:1], SAY).slides)
    work = course[0].works[0]["title"]
    assert work not in with_others and work in alone, "a lesson's own slides are complete"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_whose_numbers_moved_since_last_class_says_so_above_it(demo_home, language):
    say, warehouse = Say(language), open_current(demo_home)
    taught = chapters.lesson(warehouse, LESSONS[0], Choices())
    moved = taught.moved(taught.parts[0], say)
    found = taught.read_moved().values
    then = chapters.lesson(warehouse, LESSONS[0], Choices(as_of=found["date"]))
    now = taught.see(taught.parts[0], say)
    for step in found["steps"].parts:
        before, after = (say.write(step.values[at]) for at in ("before", "now"))
        assert before in then.see(then.parts[0], say) and after in now and f"{before} → {after}" in moved
    slide = next(slide for slide in _deck([taught], say).slides if now in _words(slide))
    assert moved in _words(slide)
    earliest = warehouse.query("snapshot_list")["snapshot_at"].min().to_pydatetime()
    assert chapters.lesson(warehouse, LESSONS[0], Choices(as_of=earliest)).read_moved() is None, "nothing was before it"
