"""`hubscope changes` and `hubscope watch`: what changed since last class, and which figures of the slides it touches."""

from collections.abc import Iterable
from datetime import datetime

import click

from dashboard.export.commands import Key, Moment
from dashboard.say import LANGUAGES, Say
from warehouse.sandbox.spreadsheet import csv_text
from warehouse.settings import Home

# All else is imported by the command that needs it: `--help` answers at once.

LANGUAGE = click.option(
    "--language",
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the words.",
)


def _watchable() -> Iterable[str]:
    from dashboard.digest.watch import KNOWN

    return KNOWN


class Threshold(click.ParamType):  # type: ignore[type-arg]  # it takes arguments since click 8.4 only
    """Per cent: "5%", "2.5"."""

    name = "percent"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> float:
        from dashboard.digest.watch import read_threshold

        try:
            return read_threshold(value)
        except ValueError as error:
            self.fail(f"{error}.", param, context)


@click.command()
@click.option(
    "--since", type=Moment(), help="Compare with the newest snapshot by then: 2026-11-17, or the pin of a link."
)
@click.option("--since-last", type=click.IntRange(1), help="Compare with the snapshot that many before the newest.")
@LANGUAGE
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="text (Markdown) for people, json for programs, csv for the numbers of the watched figures alone.",
)
def changes(since: datetime | None, since_last: int | None, language: str, form: str) -> None:
    """What changed since last class: the watched figures that moved, and the sentences of the page.

    Compares the newest snapshot with the newest of the same coverage that is at least 7 days older, or the one before.
    A figure moved when a number in its title, its counts or the sentence of its lesson did by more than its threshold
    (relative, and before any rounding), or when it names something else. Ends with 7 when there are no two snapshots to
    compare.
    """
    from dashboard.choices import write_pin
    from dashboard.digest.digest import as_json, counted_back, digest, rows, saying, text
    from dashboard.digest.watch import watched
    from dashboard.figures.changes import newest
    from dashboard.figures.changes import since as compared_with
    from warehouse.read import open_current

    if since and since_last:
        raise click.UsageError("--since and --since-last both say what to compare with: give one.")
    home, say = Home.from_env(), Say(language)
    figures, warehouse = watched(home), open_current(home)
    choices = newest(warehouse)
    with saying(say):
        if since_last:
            since = counted_back(warehouse, choices, since_last)
        found = digest(warehouse, figures, compared_with(choices, write_pin(since)) if since else choices)
    if form == "csv":
        click.echo(csv_text(rows(found, say)), nl=False)
    else:
        click.echo(as_json(found, say) if form == "json" else text(found, say))


@click.group()
def watch() -> None:
    """The figures of your slides: `hubscope changes` and every run say which of them moved.

    \b
      hubscope watch add licences.classes origins --threshold 5%
      hubscope watch list
      hubscope watch remove origins

    The list is watch.toml in HUBSCOPE_HOME, one line a figure; edit it as you like.
    """


@watch.command("add")
@click.argument("figures", metavar="FIGURE...", nargs=-1, required=True, type=Key(_watchable))
@click.option(
    "--threshold",
    type=Threshold(),
    default="5%",
    show_default=True,
    help="Report it when a number moved by more than this, relative to what it was.",
)
def watch_add(figures: tuple[str, ...], threshold: float) -> None:
    """Watch charts and lessons, by their names in `hubscope export list`; again for another threshold."""
    from dashboard.digest.watch import watch as watch_figure

    home = Home.from_env()
    for figure in figures:
        watch_figure(home, figure, threshold)
        click.echo(f"{figure}: reported when a number moves by more than {threshold:g}%")


@watch.command("list")
def watch_list() -> None:
    """What is watched, with thresholds."""
    from dashboard.digest.watch import KNOWN, watched

    home = Home.from_env()
    found = watched(home)
    for figure, threshold in found.items():
        unknown = "" if figure in KNOWN else "  no figure has this name (`hubscope export list`)"
        click.echo(f"{figure:<40}{threshold:g}%{unknown}")
    if not found:
        click.echo(f"Nothing is watched in {home.path}. `hubscope watch add FIGURE` adds a figure.")


@watch.command("remove")
@click.argument("figure")
def watch_remove(figure: str) -> None:
    """Watch a figure no longer."""
    from dashboard.digest.watch import unwatch

    unwatch(Home.from_env(), figure)
    click.echo(f"{figure}: no longer watched")
