"""What there is to export: charts, pages, lessons, the course; each is a list of chapters.

A page of the dashboard opens one tab at a time and computes only that; a file has no such limits, so a chapter shows all
pictures of a page one below the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeGuard

from dashboard.choices import WEIGHTS, Choices
from dashboard.export.compared import moved_since
from dashboard.export.exhibit import Exhibit, Missing, read_exhibit
from dashboard.figures.facts import Figure, NothingToShow
from dashboard.lessons import LESSONS, Lesson
from dashboard.practice.keys import Key, Unasked, keys_of
from dashboard.practice.notes import exercise_line, teachers_notes
from dashboard.printable import printable
from dashboard.say import Say
from dashboard.sentences import Sentence
from dashboard.sheets import SHEET, Sheet
from warehouse.read import Warehouse


@dataclass(frozen=True)
class Chapter:
    """A chart or a page, read and ready to be said in either language."""

    slug: str
    heading: Callable[[Say], str]
    parts: tuple[Exhibit | Missing, ...]
    said_first: tuple[Sentence, ...] = ()
    """What stands before the figures."""

    @property
    def exhibits(self) -> list[Exhibit]:
        """Parts that this build can show."""
        return [part for part in self.parts if isinstance(part, Exhibit)]

    def title(self, say: Say) -> str:
        """Its heading in words."""
        return printable(self.heading(say))

    def points(self, say: Say) -> list[str]:
        """What stands before everything else."""
        return said(self.said_first, say)

    def see(self, part: Exhibit | Missing, say: Say) -> str | None:
        """What to see in a figure; only lessons say it."""
        return None

    def question(self, part: Exhibit | Missing, say: Say) -> str | None:
        """What is asked before a figure is shown; only lessons ask."""
        return None

    def moved(self, part: Exhibit | Missing, say: Say) -> str | None:
        """How its numbers moved since last class; only lessons say it."""
        return None

    def notes(self, say: Say) -> str:
        """What a teacher says to it; empty for all but lessons."""
        return ""

    def code(self, say: Say) -> list[tuple[str, str]]:
        """Worked examples: what each is, and its text; only lessons have them."""
        return []


@dataclass(frozen=True, kw_only=True)
class LessonChapter(Chapter):
    """A lesson: its figure, its table, and what is taught with them."""

    lesson: Lesson
    works: tuple[dict[str, Any], ...]
    """Rows of the bibliography that the lesson names."""
    practice: tuple[Key | Unasked, ...]
    """Its exercises."""
    build_id: str
    read_moved: Callable[[], Sentence | None] = lambda: None
    """Reads how what the lesson says moved since last class; it takes as long as the lesson itself."""

    def points(self, say: Say) -> list[str]:
        return say.several(f"{self.lesson.section}.points")

    def see(self, part: Exhibit | Missing, say: Say) -> str | None:
        return printable(self.lesson.see(part.facts, say)) if self._is_figure(part) else None

    def question(self, part: Exhibit | Missing, say: Say) -> str | None:
        """What a class guesses before it sees the figure, and what it is told for it."""
        if not self._is_figure(part) or not self.lesson.is_known(part.facts):
            return None
        asked = [self.lesson.question(part.facts, say), self.lesson.given(part.facts, say)]
        return "\n".join(printable(line) for line in asked if line)

    def questions(self, say: Say) -> list[str]:
        """What the class discusses."""
        return say.several(f"{self.lesson.section}.questions")

    def notes(self, say: Say) -> str:
        return say(f"{self.lesson.section}.notes").strip()

    def exercises(self, say: Say) -> list[str]:
        """What is to be done: part, minutes and question of each exercise that this build can ask."""
        return [exercise_line(one, say) for one in self.practice if isinstance(one, Key)]

    def answers(self, say: Say) -> str:
        """What is right in the exercises, and the minutes of each block: for teachers alone."""
        return "\n".join(teachers_notes(self.practice, say))

    def code(self, say: Say) -> list[tuple[str, str]]:
        figure = self.parts[0]
        if isinstance(figure, Missing):
            return []
        section = self.lesson.section
        return [(say(f"{section}.code.{name}"), text(figure.facts)) for name, text in self.lesson.code.items()]

    def moved(self, part: Exhibit | Missing, say: Say) -> str | None:
        """How the numbers in the sentence of its figure moved since last class; None where they stood still."""
        found = self.read_moved() if self._is_figure(part) else None
        return printable(say.write(found)) if found else None

    def _is_figure(self, part: Exhibit | Missing) -> TypeGuard[Exhibit]:
        return isinstance(part, Exhibit) and part.shown is self.lesson.figure


@dataclass(frozen=True, kw_only=True)
class Closing(Chapter):
    """What a course ends with: what changed since last class, the questions of all lessons, each work once."""

    lessons: tuple[LessonChapter, ...]

    @property
    def works(self) -> list[dict[str, Any]]:
        """In the order of their names."""
        named = {work["reference_id"]: work for lesson in self.lessons for work in lesson.works}
        return sorted(named.values(), key=lambda work: (work["authors"], work["publication_year"]))


def chart(warehouse: Warehouse, figure: Figure, choices: Choices) -> Chapter:
    """A figure alone."""
    part = read_exhibit(warehouse, figure, choices)
    return alone(part) if isinstance(part, Exhibit) else Chapter("missing", lambda say: say("export.missing"), (part,))


def alone(part: Exhibit) -> Chapter:
    """One figure or table that was read before."""
    return Chapter(part.name, part.title, (part,))


def page(warehouse: Warehouse, sheet: Sheet, choices: Choices) -> Chapter:
    """All figures of a page for one kind and weight."""
    shown = [read_exhibit(warehouse, figure, _weighed(figure, choices)) for figure in sheet.figures]
    tables = [read_exhibit(warehouse, table, choices) for table in sheet.tables]
    said_first = sentences_of(warehouse, sheet, choices)
    return Chapter(sheet.key, lambda say: say(f"ui.pages.{sheet.key}"), (*shown, *tables), said_first=said_first)


def sentences_of(warehouse: Warehouse, sheet: Sheet, choices: Choices) -> tuple[Sentence, ...]:
    """The sentences of a page; none where its figures say what is missing."""
    try:
        return tuple(sheet.sentences(warehouse, choices)) if sheet.sentences else ()
    except NothingToShow:
        return ()


def said(sentences: Iterable[Sentence], say: Say) -> list[str]:
    """Sentences in words that any file can hold."""
    return [printable(say.write(one)) for one in sentences]


def lesson(warehouse: Warehouse, taught: Lesson, choices: Choices) -> LessonChapter:
    """A lesson with its figure, its table and the works it names."""
    given = dict(choices.extras)
    extras = tuple((extra.name, extra.read(given.get(extra.name))) for extra in taught.extras)
    choices = replace(choices, extras=extras)
    works = warehouse.query("bibliography")
    named = works[works["reference_id"].isin(taught.references)].to_dict("records")
    return LessonChapter(
        taught.section.replace("_", "-"),
        taught.title,
        tuple(read_exhibit(warehouse, shown, choices) for shown in (taught.figure, taught.table, *taught.more)),
        lesson=taught,
        practice=keys_of(warehouse, choices, taught.slug),
        build_id=warehouse.build_id,
        works=tuple({str(name): value for name, value in work.items()} for work in named),
        read_moved=partial(moved_since, warehouse, taught, choices),
    )


def lessons(warehouse: Warehouse, choices: Choices) -> Iterator[LessonChapter]:
    """Every lesson in its order, each read when it is asked for."""
    for taught in LESSONS:
        yield lesson(warehouse, taught, choices)


def course(warehouse: Warehouse, choices: Choices) -> Iterator[Chapter]:
    """The lessons, then what the course ends with."""
    taught = []
    for one in lessons(warehouse, choices):
        taught.append(one)
        yield one
    changed = sentences_of(warehouse, SHEET["changes"], choices)
    heading = "ui.pages.discussion"
    yield Closing("discussion", lambda say: say(heading), (), said_first=changed, lessons=tuple(taught))


def _weighed(figure: Figure, choices: Choices) -> Choices:
    """What is weighed matters to some figures of a page only; the others stay as they are."""
    return choices if figure.is_weighed else replace(choices, weight=WEIGHTS[0], with_undeclared=True)
