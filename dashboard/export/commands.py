"""`hubscope export`: a chart, a page, a lesson, the course, or all of it as a static site."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qsl

import click

from dashboard.choices import KINDS, WEIGHTS, Choices, Extra, read_day
from dashboard.export.formats import FORMATS, OF_LESSONS, SUFFIXES
from dashboard.say import LANGUAGES, Say
from warehouse.settings import Home

if TYPE_CHECKING:
    from dashboard.export.chapters import Chapter
    from warehouse.read import Warehouse

# All else is imported by the command that needs it: `--help` answers at once.

LONGEST_CHOICE = 1_000
_PLACEHOLDER = re.compile(r"\{\w+\}")  # what only the data fill in


class Key(click.ParamType):  # type: ignore[type-arg]  # it takes arguments since click 8.4 only
    """One of many names: a wrong one is answered with those that look like it."""

    name = "key"

    def __init__(self, known: Callable[[], Iterable[str]]) -> None:
        self._known = known

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> str:
        if value not in self._known():
            self._refuse(value, param, context)
        return value

    def _refuse(self, value: str, param: click.Parameter | None, context: click.Context | None) -> NoReturn:
        near = difflib.get_close_matches(value, [*self._known()], n=4, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        self.fail(f"{value!r} is not known.{hint} `hubscope export list` names them all.", param, context)


def _charts() -> Iterable[str]:
    from dashboard.sheets import CHARTS

    return [figure.key for figure in CHARTS]


def _pages() -> Iterable[str]:
    from dashboard.sheets import EXPORTED

    return [sheet.key for sheet in EXPORTED]


def _lessons() -> Iterable[str]:
    from dashboard.lessons import LESSONS

    return [lesson.slug for lesson in LESSONS]


class Moment(click.ParamType):  # type: ignore[type-arg]  # it takes arguments since click 8.4 only
    """A day, or a pin as it stands in a link; naive UTC."""

    name = "date"

    def convert(self, value: str | datetime, param: click.Parameter | None, context: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        moment = read_day(value)
        if moment is None:
            self.fail(f"{value!r} is neither a day (2026-11-24) nor a pin (20261124T120000Z).", param, context)
        return moment


@dataclass(frozen=True)
class ExportOrder:
    """What the options of an export ask for."""

    form: str
    say: Say
    mode: str
    output: Path | None
    choices: Choices


def _shared(default: str, forms: tuple[str, ...] = FORMATS) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that every export has; `default` is the format where neither --format nor --output says one."""
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(forms),
            help=f"What to make.  [default: what --output ends in, else {default}]",
        ),
        click.option(
            "--lang",
            "language",
            type=click.Choice(LANGUAGES),
            default=LANGUAGES[0],
            show_default=True,
            help="Language of the words.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            help="A file; a folder where several are made.  [default: named for what it is, in this folder]",
        ),
        click.option(
            "--as-of", type=Moment(), help="Of the newest snapshot by then: 2026-11-24, or the pin of a link."
        ),
        click.option("--kind", type=click.Choice(KINDS), help="Of what, where there is a choice.  [default: model]"),
        click.option(
            "--weight", type=click.Choice(WEIGHTS), help="Weighed by, where there is a choice.  [default: repositories]"
        ),
        click.option(
            "--view",
            default="",
            help="The link to a view, as a page of the dashboard gives it beside its title: all that was chosen there.",
        ),
        click.option("--dark", is_flag=True, help="On a dark ground."),
    )

    def add(command: Callable[..., None]) -> Callable[..., None]:
        def ordered(
            form: str | None,
            language: str,
            output: Path | None,
            as_of: datetime | None,
            kind: str | None,
            weight: str | None,
            view: str,
            dark: bool,
            **names: str,
        ) -> None:
            chosen = _chosen(view)
            chosen = replace(
                chosen, as_of=as_of or chosen.as_of, kind=kind or chosen.kind, weight=weight or chosen.weight
            )
            from dashboard.theme import MODES

            made = form or _form_of(output, forms) or default
            command(order=ExportOrder(made, Say(language), MODES[1] if dark else MODES[0], output, chosen), **names)

        ordered.__name__, ordered.__doc__ = command.__name__, command.__doc__
        for option in reversed(options):
            ordered = option(ordered)
        return ordered

    return add


def _chosen(view: str) -> Choices:
    """The choices in the address of a view, read as a page reads them."""
    address = dict(parse_qsl(view.rpartition("?")[2]))
    return Choices.from_address(address, [Extra(name, longest=LONGEST_CHOICE) for name in address])


def _form_of(output: Path | None, forms: tuple[str, ...]) -> str | None:
    """The format that a file's name asks for."""
    ending = output.suffix[1:].lower() if output else ""
    return next((form for form in forms if SUFFIXES.get(form, form) == ending), None)


@click.group(invoke_without_command=True)
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write dashboard and course into this folder as pages that need no server, in both languages.",
)
@click.option("--as-of", type=Moment(), help="With --site: of the newest snapshots by then.")
@click.pass_context
def export(context: click.Context, site: Path | None, as_of: datetime | None) -> None:
    """Take away a chart, a page, a lesson, the course, or all of it as a site.

    \b
      hubscope export chart growth.cumulative -o growth.png
      hubscope export lesson origins --lang zh              slides (PowerPoint)
      hubscope export course --format html
      hubscope export page licences --kind dataset --format citation
      hubscope export --site public                         for any file server

    Nothing is written before everything is made: an export is there whole, or what stood there before still is.
    """
    if context.invoked_subcommand is not None:
        if site is not None or as_of is not None:
            raise click.UsageError("--site writes everything: leave out the name of a part, and put --as-of after it.")
    elif site is None:
        click.echo(context.get_help())
    else:
        from dashboard.export.progress_bar import progress_bar
        from dashboard.export.site import write_site

        count = write_site(_warehouse(), site, as_of=as_of, now=now(), progress=progress_bar)
        click.echo(f"{site}: {count} pages; open {site / 'index.html'}, or serve the folder")


@export.command("chart")
@click.argument("key", type=Key(_charts))
@_shared("png")
def export_chart(key: str, order: ExportOrder) -> None:
    """One chart, by its key (`hubscope export list`)."""
    from dashboard.export import chapters
    from dashboard.sheets import CHARTS

    figure = next(figure for figure in CHARTS if figure.key == key)
    _write([chapters.chart(_warehouse(), figure, order.choices)], key.replace(".", "-").replace("_", "-"), order)


@export.command("page")
@click.argument("key", type=Key(_pages))
@_shared("pptx")
def export_page(key: str, order: ExportOrder) -> None:
    """All charts of a page, by the name in its address."""
    from dashboard.export import chapters
    from dashboard.sheets import EXPORTED

    sheet = next(sheet for sheet in EXPORTED if sheet.key == key)
    _write([chapters.page(_warehouse(), sheet, order.choices)], key.replace("_", "-"), order)


@export.command("lesson")
@click.argument("slug", type=Key(_lessons))
@_shared("pptx", (*FORMATS, *OF_LESSONS))
def export_lesson(slug: str, order: ExportOrder) -> None:
    """One lesson: points, question, figure, table, discussion, notes."""
    from dashboard.export import chapters
    from dashboard.lessons import LESSONS

    taught = next(lesson for lesson in LESSONS if lesson.slug == slug)
    _write([chapters.lesson(_warehouse(), taught, order.choices)], slug.replace("_", "-"), order)


@export.command("course")
@_shared("pptx", (*FORMATS, *OF_LESSONS))
def export_course(order: ExportOrder) -> None:
    """All lessons in one file."""
    from dashboard.export import chapters
    from dashboard.export.progress_bar import progress_bar
    from dashboard.lessons import LESSONS

    lessons = progress_bar(chapters.course(_warehouse(), order.choices), len(LESSONS) + 1, "lessons")
    _write(lessons, "course", order)


@export.command("list")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Language of the titles.")
def export_list(language: str) -> None:
    """The names of all charts, pages and lessons."""
    from dashboard.lessons import LESSONS
    from dashboard.sheets import CHARTS, EXPORTED

    say = Say(language)
    for lesson in LESSONS:
        click.echo(f"lesson  {lesson.slug:<32}{lesson.title(say)}")
    for sheet in EXPORTED:
        click.echo(f"page    {sheet.key:<32}{say(f'ui.pages.{sheet.key}')}")
    for figure in CHARTS:
        click.echo(f"chart   {figure.key:<32}{_PLACEHOLDER.sub('…', say(f'{figure.key}.title'))}")


def _write(given: Iterable[Chapter], stem: str, order: ExportOrder) -> None:
    """Make everything, then put it on the disk, and say where."""
    from dashboard.export.formats import make
    from dashboard.export.outputs import whole_folder, write_file
    from dashboard.export.progress_bar import progress_bar

    files = make(order.form, given, order.say, mode=order.mode, now=now(), stem=stem, progress=progress_bar)
    if len(files) == 1:
        (name, content), *_ = files.items()
        path = order.output or Path(name)
        if path.is_dir():
            path /= name
        write_file(path, content)
        click.echo(f"{path}: {len(content) / 1e6:.1f} MB")
    else:
        path = order.output or Path(f"hubscope-{stem}-{order.say.language}-{order.form}")
        with whole_folder(path, {"made_by": "hubscope export", "of": stem, "format": order.form}) as folder:
            for name, content in files.items():
                (folder / name).write_bytes(content)
        click.echo(f"{path}: {len(files)} files")


def _warehouse() -> Warehouse:
    from warehouse.read import open_current

    return open_current(Home.from_env())


def now() -> datetime:
    """The moment of export, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)
