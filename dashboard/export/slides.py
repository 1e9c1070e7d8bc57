"""Chapters as slides (PowerPoint, 16:9): points, the question, the figure, the table, what to discuss, and notes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from dashboard.export import pictures
from dashboard.export.chapters import Chapter, Closing, LessonChapter
from dashboard.export.exhibit import Exhibit, Missing
from dashboard.export.markdown import unmarked
from dashboard.export.plain_chart import plain_chart
from dashboard.export.slide_shapes import BODY, SENTENCE, SOURCE, TITLE, Box, Stage
from dashboard.export.slide_tables import lay_out
from dashboard.figures.facts import Figure
from dashboard.say import Say

T = TypeVar("T")
WIDTH, TYPE_SIZE = 1000, 1.2
HEIGHT, STEP = 310, 23
"""Of each of several pictures side by side, and of each of their bars; one alone fills the slide."""
OF_A_FIGURE = {"most_rows": 12, "longest_cell": 60}
"""Of the numbers behind a figure; the CSV has all. A lesson's own table is shown whole."""
LESSONS_ON_A_SLIDE, WORKS_ON_A_SLIDE = 3, 5
COVER = Box(TITLE.left, 190, TITLE.width, TITLE.height)
UNDER_COVER = Box(TITLE.left, 270, TITLE.width, 60)
MARK_HEIGHT = 32
"""Between the title and a picture whose numbers moved since last class, which is said there."""
MIDDLE = Box(BODY.left + 60, BODY.top + 90, BODY.width - 120, BODY.height - 180)


def deck(
    chapters: Iterable[Chapter], say: Say, *, mode: str, title: str, now: datetime, listed: Sequence[Chapter] = ()
) -> bytes:
    """One file of slides. `title` names it; several chapters (`listed`) get a title slide and one that lists them."""
    stage = Stage(say, mode, title, now)
    if len(listed) > 1:
        cover = stage.slide(title, box=COVER)
        stage.words(cover, say("course.part"), UNDER_COVER, largest=24, smallest=14)
        stage.words(cover, _dated(listed, say), SOURCE, largest=11, smallest=8, is_quiet=True)
        stage.points(stage.slide(say("export.contents"), with_points=True), [chapter.title(say) for chapter in listed])
    for chapter in chapters:
        if isinstance(chapter, LessonChapter):
            _lesson(stage, chapter, say, mode, is_alone=len(listed) <= 1)
        elif isinstance(chapter, Closing):
            _closing(stage, chapter, say)
        else:
            _points(stage, chapter, say)
            for part in chapter.parts:
                _figure(stage, chapter, part, say, mode)
                _table(stage, chapter, part, say, **OF_A_FIGURE)
    return stage.content()


def _lesson(stage: Stage, chapter: LessonChapter, say: Say, mode: str, *, is_alone: bool) -> None:
    """is_alone: whether its works are named here, or with those of all lessons at the end of the course."""
    title, notes = chapter.title(say), unmarked(chapter.notes(say))
    figure, table, *more = chapter.parts
    _points(stage, chapter, say)
    if question := chapter.question(figure, say):
        stage.words(stage.slide(title, notes=notes), question, MIDDLE, largest=36, smallest=18)
    _figure(stage, chapter, figure, say, mode)
    _table(stage, chapter, table, say)
    for part in more:
        if isinstance(part.shown, Figure):
            _figure(stage, chapter, part, say, mode)
        else:
            _table(stage, chapter, part, say)
    for heading, text in chapter.code(say):
        stage.code(stage.slide(heading, notes=title), text, BODY)
    if exercises := chapter.exercises(say):
        stage.points(stage.slide(say("practice.title"), notes=chapter.answers(say), with_points=True), exercises)
    stage.points(
        stage.slide(say("course.questions"), notes=title, with_points=True),
        [unmarked(question) for question in chapter.questions(say)],
        numbered=True,
    )
    if is_alone:
        _works(stage, chapter.works, say, notes=title)


def _closing(stage: Stage, chapter: Closing, say: Say) -> None:
    """What changed since last class, the questions of all lessons, and each work once."""
    if changed := chapter.points(say):
        stage.points(stage.slide(say("course.discussion.changed"), with_points=True), changed)
    asked = [(lesson.title(say), [*map(unmarked, lesson.questions(say))]) for lesson in chapter.lessons]
    for some in _parted(asked, LESSONS_ON_A_SLIDE):
        stage.grouped(stage.slide(say("course.questions"), with_points=True), some)
    _works(stage, chapter.works, say)


def _works(stage: Stage, works: Sequence[dict[str, Any]], say: Say, *, notes: str = "") -> None:
    for some in _parted(works, WORKS_ON_A_SLIDE):
        slide = stage.slide(say("course.references"), notes=notes, with_points=True)
        stage.points(slide, [_work(work) for work in some])


def _parted(listed: Sequence[T], most: int) -> list[Sequence[T]]:
    """In parts of at most so many."""
    return [listed[start : start + most] for start in range(0, len(listed), most)]


def _points(stage: Stage, chapter: Chapter, say: Say) -> None:
    points = [unmarked(point) for point in chapter.points(say)]
    if points:
        notes = unmarked(chapter.notes(say))
        stage.points(stage.slide(chapter.title(say), notes=notes, with_points=True), points)


def _figure(stage: Stage, chapter: Chapter, part: Exhibit | Missing, say: Say, mode: str) -> None:
    """The chart, or the picture where slides cannot draw it; above it what to see in it, below it where it comes from."""
    if isinstance(part, Missing):
        stage.words(stage.slide(chapter.title(say)), unmarked(part.why(say)), MIDDLE, largest=24, smallest=12)
        return
    said = chapter.see(part, say)
    moved = chapter.moved(part, say)
    box = SENTENCE if said else TITLE
    top = box.top + box.height + (MARK_HEIGHT if moved else 12)
    below = Box(BODY.left, top, BODY.width, SOURCE.top - top - 8)
    height = round(WIDTH * below.height / below.width)
    spec = part.spec(say, mode=mode, width=WIDTH, size=TYPE_SIZE, height=height)
    if spec is None:
        return
    spec["config"]["view"] |= {"continuousHeight": HEIGHT, "discreteHeight": {"step": STEP}}
    alternative = spec.get("description", part.title(say))
    if said is None:  # the slide's title is the picture's: what the picture itself must say takes its place
        quiet = {"color": spec["config"]["title"]["subtitleColor"], "fontWeight": 400, "fontSize": 14 * TYPE_SIZE}
        spec["title"] |= {"text": spec["title"]["subtitle"], "subtitle": "", **quiet}
    slide = stage.slide(said or part.headline(say), notes=_notes(chapter, part, said, say), box=box)
    if moved:
        mark = Box(BODY.left, box.top + box.height + 4, BODY.width, MARK_HEIGHT - 8)
        stage.words(slide, moved, mark, largest=14, smallest=9)
    if plain := plain_chart(spec, say):
        stage.chart(slide, plain, alternative, below)
    else:
        stage.picture(slide, pictures.png(spec), alternative, below)
    stage.words(slide, part.provenance(say), SOURCE, largest=11, smallest=8, is_quiet=True)


def _table(stage: Stage, chapter: Chapter, part: Exhibit | Missing, say: Say, **limits: int) -> None:
    """The table on as many slides as it needs, each with its source."""
    if isinstance(part, Missing):
        if isinstance(chapter, LessonChapter):
            stage.words(stage.slide(chapter.title(say)), unmarked(part.why(say)), MIDDLE, largest=24, smallest=12)
        return
    rows = part.rows(say)
    laid = lay_out(rows, BODY.width, BODY.height, **limits)
    source = part.provenance(say)
    if laid.row_count < len(rows) or laid.column_count < len(rows.columns):
        source += "\n" + say(
            "export.part_of_table",
            rows=say.number(laid.row_count),
            all_rows=say.number(len(rows)),
            columns=laid.column_count,
            all_columns=len(rows.columns),
        )
    for number, cells in enumerate(laid.slides, start=1):
        title = part.title(say)
        if len(laid.slides) > 1:
            title = say("export.page_of", title=title, n=number, of=len(laid.slides))
        slide = stage.slide(title, notes="\n".join([source, *map(unmarked, part.caveats(say))]))
        stage.table(slide, cells, laid.widths, laid.size, part.title(say))
        stage.words(slide, source, SOURCE, largest=11, smallest=8, is_quiet=True)


def _notes(chapter: Chapter, part: Exhibit, said: str | None, say: Say) -> str:
    """What the speaker may say: the lesson's notes, what to see, what to beware of, what letters mean."""
    lines = [unmarked(chapter.notes(say)), said or "", *map(unmarked, part.caveats(say)), *part.legend(say)]
    return "\n".join(line for line in [*lines, part.provenance(say)] if line)


def _dated(chapters: Sequence[Chapter], say: Say) -> str:
    """The provenance of the first picture: it names the snapshot that the export is of."""
    exhibits = [part for chapter in chapters for part in chapter.exhibits]
    return exhibits[0].provenance(say) if exhibits else ""


def _work(work: dict[str, Any]) -> str:
    return f"{work['authors']} ({work['publication_year']}). {work['title']}. {work['venue']}. {work['source_url']}"
