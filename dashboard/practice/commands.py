"""`hubscope practice`: whether a hand-in holds."""

from pathlib import Path

import click

from dashboard.say import LANGUAGES, Say
from warehouse.errors import HandInError
from warehouse.settings import Home


@click.group()
def practice() -> None:
    """The exercises of the course: check what students hand in."""


@practice.command("verify")
@click.argument("hand_ins", metavar="FILE|LINK...", nargs=-1, required=True)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Language of the words.")
def verify(hand_ins: tuple[str, ...], language: str) -> None:
    """Check hand-ins again: files, or the links that students send. Each answer is held against the snapshot that it names.

    The hash shows whether a hand-in was changed after it was made; it does not prove who made it.

    \b
    Exit codes
      0  every hand-in holds
      2  one was changed, is none, or is of a snapshot that is not here
    """
    from dashboard.practice.hand_in import read_hand_in, verified
    from warehouse.read import open_current

    warehouse, say, failed = open_current(Home.from_env()), Say(language), 0
    for given in hand_ins:
        path = Path(given)
        try:
            found = verified(warehouse, read_hand_in(_content(path) if _is_file(path) else given))
        except HandInError:
            said, holds, lines = say("practice.hand_in.broken"), False, []
        else:
            said, holds, lines = say.write(found.sentence), found.holds, found.lines(say)
        failed += not holds
        click.echo(f"{given[:60]}: {said}")
        for line in lines:
            click.echo(f"  {line}")
    if failed:
        raise HandInError(
            f"{failed} of {len(hand_ins)} hand-ins do not hold here. Ask for them once more, or open the home that they are of."
        )


def _content(path: Path) -> bytes:
    from dashboard.practice.hand_in import LONGEST_FILE

    with path.open("rb") as file:
        return file.read(LONGEST_FILE)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a link is longer than a name may be
        return False
