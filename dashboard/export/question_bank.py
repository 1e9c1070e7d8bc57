"""Questions for other systems: what a lesson asks, with what is right, as GIFT, Moodle XML, CSV and a key to read.

Who has such a file has the answers. Escapes of GIFT: Moodle's `question/format/gift/format.php`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

import pandas as pd
from markupsafe import escape

from dashboard.export.chapters import LessonChapter
from dashboard.export.exhibit import Missing
from dashboard.figures.facts import coverage_of
from dashboard.lessons import guess
from dashboard.practice.exercise import Name, Number
from dashboard.practice.keys import Key, Unasked
from dashboard.practice.notes import answer_line, teachers_notes
from dashboard.printable import printable
from dashboard.say import Say
from warehouse.sandbox.spreadsheet import csv_file

_MARKS_OF_GIFT = re.compile(r"([\\~=#{}:])")
GUESSED = 0.1
"""How far from the truth a guess may be and counts, as a part of it."""


@dataclass(frozen=True)
class Question:
    """One question and what is right: a number, names, or pairs; nothing for what is read by a person."""

    lesson: str
    part: str
    text: str
    made_of: str
    """Snapshot, coverage and build."""
    hint: str = ""
    listing: str = ""
    """Lines of SQL or Python that belong to the question."""
    number: float | None = None
    tolerance: float = 0.0
    names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        return f"{self.lesson} · {self.part}"

    @property
    def kind(self) -> str:
        """As Moodle calls it."""
        if self.number is not None:
            return "numerical"
        return "shortanswer" if self.names else "matching" if self.pairs else "essay"


def questions(chapter: LessonChapter, say: Say) -> Iterator[Question]:
    """The exercises that this build can ask, then what the class guesses at."""
    title = chapter.title(say)
    for key in chapter.practice:
        if isinstance(key, Key):
            yield _exercise(title, key, say, made_of(chapter, key, say))
    figure = chapter.parts[0]
    if not isinstance(figure, Missing) and (asked := chapter.lesson.question(figure.facts, say)):
        made = f"{figure.provenance(say)} · {_build(chapter, say)}"
        yield from _guess(chapter, title, printable(asked), made, say)


def made_of(chapter: LessonChapter, key: Key, say: Say) -> str:
    """What an exercise was computed from, in one line."""
    told = [_build(chapter, say)]
    if snapshot := key.snapshot:
        told = [
            say("ui.caption.snapshot", date=say.moment(snapshot.snapshot_at)),
            say.write(coverage_of(snapshot)),
            *told,
        ]
        told += [say("ui.simulated")] if snapshot.is_simulated else []
    return printable(" · ".join(told))


def _build(chapter: LessonChapter, say: Say) -> str:
    return say("practice.files.build", build=chapter.build_id)


def _exercise(title: str, key: Key, say: Say, made: str) -> Question:
    exercise, right = key.exercise, key.right
    part, text = say(f"practice.parts.{exercise.part}"), printable(say.write(key.question))
    listing = {"sql": key.frame, "code": key.code if exercise.part == "code" else ""}.get(exercise.part, "")
    hint = printable(say(f"{exercise.key}.hint"))
    if isinstance(exercise.answer, Name):
        names = dict.fromkeys(spelling for one in right.names if one.is_right for spelling in one.spellings)
        return Question(title, part, text, made, hint, listing, names=tuple(names))
    if not isinstance(exercise.answer, Number):
        return Question(title, part, text, made, hint, listing)
    size, unit = (100, "share") if exercise.answer.unit == "share" else (1, "number")
    tolerance = exercise.answer.tolerance(right.number) if exercise.answer.within or exercise.answer.part else 0.0
    told = say("practice.files.asked", question=text, unit=say(f"practice.files.in.{unit}"))
    return Question(
        title, part, told, made, hint, listing, number=_round(right.number * size), tolerance=_round(tolerance * size)
    )


def _guess(chapter: LessonChapter, title: str, text: str, made: str, say: Say) -> Iterator[Question]:
    figure = chapter.parts[0]
    assert not isinstance(figure, Missing)
    part = say("practice.blocks.guess")
    match chapter.lesson.guess:
        case guess.Order() as order:
            labels = [printable(label) for label in order.labels(figure.facts, say)]
            yield Question(title, part, text, made, pairs=tuple((str(n), label) for n, label in enumerate(labels, 1)))
        case guess.Number() as number if chapter.lesson.is_known(figure.facts):
            size, unit = (100, "share") if number.unit == "share" else (1, "number")
            right = number.value(figure.facts) * size
            told = say("practice.files.asked", question=text, unit=say(f"practice.files.in.{unit}"))
            within = max(number.step * size, GUESSED * abs(right))
            yield Question(title, part, told, made, number=_round(right), tolerance=_round(within))


def _round(value: float) -> float:
    """Eight digits: what is beyond is of the machine, not of the measure."""
    return float(f"{value:.8g}")


# --- files


def gift(chapters: Iterable[LessonChapter], say: Say) -> bytes:
    """Moodle's text format: a category for each lesson, a blank line between questions."""
    blocks = [f"// {say('practice.files.for_teachers')}"]
    for chapter in chapters:
        blocks.append(f"$CATEGORY: hubscope/{_one_line(chapter.title(say)).replace('/', ' ')}")
        blocks += [_in_gift(one) for one in questions(chapter, say)]
    return ("\n\n".join(blocks) + "\n").encode()


def _in_gift(one: Question) -> str:
    text = "\n".join(filter(None, [one.text, one.listing]))
    return f"::{_gift(one.title)}::[plain]{_gift(text)} {{{_answer_in_gift(one)}}}"


def _answer_in_gift(one: Question) -> str:
    feedback = f"####{_gift(one.made_of)}"
    if one.number is not None:
        return f"#{one.number!r}:{one.tolerance!r}{feedback}"
    if one.names:
        return " ".join(f"={_gift(name)}" for name in one.names) + feedback
    return " ".join(f"={_gift(left)} -> {_gift(right.replace('->', '→'))}" for left, right in one.pairs) + (
        feedback if one.pairs else ""
    )


def _gift(text: str) -> str:
    return _MARKS_OF_GIFT.sub(r"\\\1", text.strip()).replace("\n", "\\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def moodle(chapters: Iterable[LessonChapter], say: Say) -> bytes:
    """Moodle XML, with hints and what each question was computed from."""
    quiz = Xml.Element("quiz")
    for chapter in chapters:
        category = Xml.SubElement(Xml.SubElement(quiz, "question", type="category"), "category")
        Xml.SubElement(category, "text").text = f"$course$/hubscope/{chapter.title(say).replace('/', '//')}"
        for one in questions(chapter, say):
            _in_xml(quiz, one)
    Xml.indent(quiz)
    return bytes(Xml.tostring(quiz, encoding="utf-8", xml_declaration=True))


def _in_xml(quiz: Xml.Element, one: Question) -> None:
    asked = Xml.SubElement(quiz, "question", type=one.kind)
    _text(asked, "name", one.title)
    listing = f"<pre>{escape(one.listing)}</pre>" if one.listing else ""
    _text(asked, "questiontext", f"<p>{escape(one.text)}</p>{listing}", format="html")
    _text(asked, "generalfeedback", f"<p>{escape(one.made_of)}</p>", format="html")
    if one.number is not None:
        answer = _text(asked, "answer", repr(one.number), fraction="100")
        Xml.SubElement(answer, "tolerance").text = repr(one.tolerance)
    for name in one.names:
        _text(asked, "answer", name, fraction="100", format="plain_text")
    if one.names:
        Xml.SubElement(asked, "usecase").text = "0"
    for left, right in one.pairs:
        _text(_text(asked, "subquestion", f"<p>{escape(left)}</p>", format="html"), "answer", right)
    if one.pairs:
        Xml.SubElement(asked, "shuffleanswers").text = "true"
    if one.hint:
        _text(asked, "hint", f"<p>{escape(one.hint)}</p>", format="html")


def _text(parent: Xml.Element, name: str, text: str, **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, name, attributes)
    Xml.SubElement(made, "text").text = text
    return made


def table(chapters: Iterable[LessonChapter], say: Say) -> bytes:
    """CSV: a row for each question; what is right stands in the last columns but one."""
    rows = [
        {
            "lesson": one.lesson,
            "part": one.part,
            "type": one.kind,
            "question": one.text,
            "text": one.listing,
            "hint": one.hint,
            "answer": one.number
            if one.number is not None
            else "; ".join(one.names or (f"{n} {label}" for n, label in one.pairs)),
            "tolerance": one.tolerance if one.number is not None else "",
            "made_of": one.made_of,
        }
        for chapter in chapters
        for one in questions(chapter, say)
    ]
    return csv_file(pd.DataFrame(rows).astype(object))


def key(chapters: Iterable[LessonChapter], say: Say) -> bytes:
    """What is right, to read: Markdown, a section for each lesson with its minutes."""
    parts = [f"# {say('practice.answers')}", say("practice.files.for_teachers")]
    for chapter in chapters:
        minutes, *_ = teachers_notes(chapter.practice, say)
        lines = [f"- {_quiet(answer_line(one, say))}" for one in chapter.practice]
        made = [made_of(chapter, one, say) for one in chapter.practice if not isinstance(one, Unasked)]
        parts += [f"## {chapter.title(say)}", minutes, "\n".join(lines), *dict.fromkeys(_quiet(one) for one in made)]
    return ("\n\n".join(parts) + "\n").encode()


def _quiet(text: str) -> str:
    """Text of strangers as Markdown shows it."""
    return re.sub(r"([\\*\[\]<>_`|])", r"\\\1", text)
