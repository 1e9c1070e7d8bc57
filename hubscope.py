"""The front door: one command that gathers the commands of the three packages.

Only this module knows all three; `up` and `demo` live here because they join collecting with showing.
"""

import shlex
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if Path(sys.argv[0]).stem == "hubscope":  # and not imported
    sys.path.insert(0, str(Path(__file__).parent))  # a dashboard.py in PYTHONPATH is not ours
    import collector
    import dashboard
    import warehouse.program.stopping

    del sys.path[0]
    warehouse.program.stopping.end_at_once()  # the imports below take a moment

import click

import collector.commands
import collector.copies.commands
import dashboard.commands
import warehouse.commands
from collector.commands import Joined, follow_up
from dashboard.listening import Listening, listening_options
from warehouse.errors import HubscopeError, LakeError, NothingToCompare, NoWarehouse
from warehouse.program import stopping, streams
from warehouse.settings import STALE_AFTER, Home

if TYPE_CHECKING:
    from dashboard.observatory import Observatory

# All else is imported by the command that needs it: `--help` answers at once.

EPILOG = """
\b
Exit codes
  0  all went well
  1  an unexpected fault (run again with --debug and report it)
  2  the command or the watch list was typed wrongly, an output cannot be written, or a hand-in does not hold
  3  a listing or a copy stopped midway, or was not plausible: nothing was added, what came is kept, run again to resume
  4  the history on disk is damaged or cannot be written, or simulated and real data would mix
  5  a data check failed: the last build is untouched
  6  another run holds the lock
  7  nothing has been collected yet, or not what was asked for
  8  a query was refused or failed
  9  published, but a side source (OpenAI, models.dev, taxonomy) failed
  10 a public copy was refused, or could not be taken, written or uploaded: what was there is as it was
  11 Spark is not installed, has no Java 17, does not answer, or failed: the last build is untouched
  130  stopped by a signal: what was fetched is kept
"""


class FrontDoor(click.Group):
    """Prints hubscope's own errors as one message and ends with their exit code; `--debug` shows the traceback."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Run as a program: what becomes of its words and of signals is settled here, for all commands."""
        if not options.get("standalone_mode", True):  # another program calls us, whose own these are
            return super().__call__(*arguments, **options)
        streams.prepare()
        code: Any = stopping.EXIT_CODE
        try:
            stopping.interrupt()
            super().__call__(*arguments, **options)
        except SystemExit as end:
            code = end.code
        except KeyboardInterrupt:
            stopping.say()
        stopping.end_at_once()
        if stopping.is_asked():
            code = stopping.EXIT_CODE
        elif not code and (reason := streams.lost_words()):
            click.echo(
                f"hubscope: the work is done, but what there is to say could not be written ({reason}).", err=True
            )
            code = 2
        sys.exit(code)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **options)
        except KeyboardInterrupt:  # click would call it an abortion
            stopping.say()
            raise click.exceptions.Exit(stopping.EXIT_CODE) from None

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except click.exceptions.Exit:
            raise
        except (Exception, KeyboardInterrupt) as error:
            if stopping.is_asked() or isinstance(error, KeyboardInterrupt):  # whatever a library made of it
                stopping.say()
                context.exit(stopping.EXIT_CODE)
            if context.params.get("debug"):
                raise
            if isinstance(error, OSError) and error.filename is not None:
                error = LakeError(f"{error.filename} cannot be read or written ({error.strerror}).")
            if not isinstance(error, HubscopeError):
                raise
            click.echo(f"hubscope: {error}", err=True)
            context.exit(error.exit_code)


@click.group(cls=FrontDoor, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="hubscope")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:
    """hubscope: an observatory of the open model ecosystem.

    It collects what the Hugging Face Hub and the OpenAI API list, keeps the history, and draws it.

    \b
      hubscope demo       two years of simulated history, then the dashboard (no network, no key)
      hubscope up         refresh if the last snapshot is stale, then the dashboard
      hubscope collect    one more snapshot, as cron runs it every night

    Data lives in HUBSCOPE_HOME. Keys are read from HF_TOKEN and OPENAI_API_KEY; both are optional.
    """
    context.obj = JOINED


def after_run(home: Home) -> str:
    """Write what changed since last class, if figures are watched; says where, or why there is nothing to compare yet."""
    from dashboard.digest.digest import write_digest

    try:
        path = write_digest(home)
    except NothingToCompare as error:  # a first snapshot is no fault
        return f"No digest: {error}"
    return f"What changed since last class: {path}" if path else ""


def write_site(home: Home, target: Path) -> list[str]:
    """Write dashboard, course and feeds beside the public copy in a folder; the names of what was written."""
    from dashboard.export.progress_bar import progress_bar
    from dashboard.export.shared_folder import write_shared_site
    from warehouse.read import open_current

    return write_shared_site(
        open_current(home), target, now=datetime.now(UTC).replace(tzinfo=None), progress=progress_bar
    )


JOINED = Joined(after_run, write_site)


@main.command()
@listening_options
@click.option(
    "--models",
    type=click.IntRange(1_000, 3_000_000),
    default=32_500,
    show_default=True,
    help="Models in the simulated Hub today; datasets and Spaces follow in proportion.",
)
@click.option("--collect-only", is_flag=True, help="Collect and build, but do not open the dashboard.")
def demo(listening: Listening, models: int, collect_only: bool) -> None:
    """Two years of monthly snapshots from a simulated Hub, then the dashboard.

    The real collector runs against servers on this machine; nothing leaves it. The data live in HUBSCOPE_HOME/demo,
    apart from anything real, and every picture says that they are simulated.
    """
    from collector.demo.history import collect_history
    from dashboard.serve import serve

    home = Home(Home.from_env().path / "demo")
    if not collect_only:
        listening.refuse_if_taken()
    collect_history(home, until=datetime.now(UTC).date(), models=models, report=click.echo)
    if collect_only:
        click.echo(
            f"Demo data in {home.path}. Open them with: HUBSCOPE_HOME={shlex.quote(str(home.path))} hubscope serve"
        )
    else:
        serve(home, listening)


def follow_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--from`."""
    told = "Follow this public copy instead of collecting, as `hubscope pull` does."
    return click.option("--from", "source", metavar="SOURCE", help=told)(command)


@main.command()
@listening_options
@follow_option
def up(listening: Listening, source: str | None) -> None:
    """Refresh if the last snapshot is stale, then open the dashboard.

    On a bad connection the dashboard opens all the same, on the last snapshot, and says its date. A home that follows a public
    copy takes what is new of it instead of collecting; --from makes it one.
    """
    from dashboard.serve import serve as serve_pages

    home = Home.from_env()
    listening.refuse_if_taken()
    if source is None and (followed := home.follows):
        source = followed.source
    if source:
        _follow(home, source)
    else:
        _refresh(home)
    serve_pages(home, listening)


@main.command()
@listening_options
@follow_option
def serve(listening: Listening, source: str | None) -> None:
    """Open the dashboard on what has been collected; it fetches nothing but the copy that --from names.

    Only this machine reaches it, unless --class or --address says otherwise.
    """
    from dashboard.serve import serve as serve_pages

    home = Home.from_env()
    if source:
        listening.refuse_if_taken()
        _follow(home, source)
    serve_pages(home, listening)


def _refresh(home: Home) -> None:
    """Collect if the last snapshot is stale; where there is one, a failure is told and no more."""
    from collector.progress import Progress
    from collector.run import run

    newest = _newest_snapshot(home)
    # A snapshot of the future, from a clock that was wrong, says nothing of today.
    if newest is not None and timedelta(0) <= datetime.now(UTC).replace(tzinfo=None) - newest <= STALE_AFTER:
        return
    try:
        run(home, "quick", taken_at=datetime.now(UTC), report=Progress(sys.stderr))
        follow_up(after_run, home)
    except HubscopeError as error:
        _open_anyway(error, newest)


def _follow(home: Home, source: str) -> None:
    """Take what is new of a copy; where this home shows that copy already, a source that is away is told and no more."""
    from collector.copies.pulling import pull, source_named
    from collector.progress import Progress

    named = source_named(source)
    try:
        click.echo(pull(home, named, now=datetime.now(UTC), report=Progress(sys.stderr)).told, err=True)
    except HubscopeError as error:
        _open_anyway(error, _newest_snapshot(home) if home.follows and home.follows.source == named else None)


def _open_anyway(error: HubscopeError, newest: datetime | None) -> None:
    """Say what failed, and which snapshot is shown all the same; raises the error where there is none."""
    if newest is None:
        raise error
    click.echo(f"hubscope: {error}", err=True)
    click.echo(f"Opening on the snapshot of {newest:%Y-%m-%d %H:%M} UTC.", err=True)


def open(home: str | Path | None = None, language: str = "zh") -> "Observatory":
    """The observatory of a home (else of HUBSCOPE_HOME) or of a public copy, for a notebook: charts, their rows, and your own SQL.

    home: a home, or what `hubscope pull` takes, whose newest snapshot is taken first, into this account's cache. language: "zh" or
    "en". NoWarehouse, which names the command that collects, before the first snapshot.
    """
    from collector.copies.pulling import home_of_copy, is_copy, source_named
    from dashboard.observatory import Observatory

    shown = Home.from_env() if home is None else Home(Path(home).expanduser())
    if home is not None and is_copy(str(home)):
        shown = home_of_copy(source := source_named(str(home)))
        _follow(shown, source)
    return Observatory(shown, language)


def _newest_snapshot(home: Home) -> datetime | None:
    """When the current build's newest snapshot was taken (naive UTC), or None before the first."""
    from warehouse.read import open_current

    try:
        return open_current(home).newest_snapshot_at
    except NoWarehouse:
        return None


for command in (
    *collector.commands.COMMANDS,
    collector.copies.commands.pull,
    *warehouse.commands.COMMANDS,
    *dashboard.commands.COMMANDS,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
